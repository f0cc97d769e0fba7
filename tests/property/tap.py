"""What the tests here print: TAP, a line for each check."""
import sys

count = failed = 0


def check(name, good, shown=''):
    """Print whether it is good; where it is not, the end of what was shown too."""
    global count, failed
    count += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {count} - {name}", flush=True)
    if not good and shown:
        print('#', str(shown)[-600:].replace('\n', '\n# '))


def finish():
    print(f'1..{count}')
    sys.exit(1 if failed else 0)

#include "io/case.h"

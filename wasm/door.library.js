// The engine's progress, handed to Module.tick where there is one; true asks the engine to stop.
mergeInto(LibraryManager.library, {
  door_tick: function (what, done, total) {
    return Module["tick"] && Module["tick"](UTF8ToString(what), done, total) ? 1 : 0;
  },
});

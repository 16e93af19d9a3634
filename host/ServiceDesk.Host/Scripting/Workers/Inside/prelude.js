// Runs first in every engine. Builds what a script finds: the modules of the API, its values, and the functions of ES2015's
// library that the engine (ES5.1) lacks. Written in ES5.
(function (host, write, mark, modulesText, globalsText, libraries) {
  "use strict";
  var global = (0, eval)("this");
  var parse = JSON.parse;
  var stringify = JSON.stringify;
  var slice = Array.prototype.slice;

  function hide(target, name, value) {
    if (!Object.prototype.hasOwnProperty.call(target, name)) {
      Object.defineProperty(target, name, { value: value, writable: true, configurable: true });
    }
  }

  function text(value) {
    if (typeof value === "string") {
      return value;
    }
    if (value instanceof Error) {
      return String(value);
    }
    return value !== null && typeof value === "object" ? stringify(value) : String(value);
  }

  function line(level) {
    return function () {
      write(level, slice.call(arguments).map(text).join(" "));
    };
  }

  // Values of described types get the methods of the type.
  var types = {};

  function shape(value, type) {
    if (!type || value === null || typeof value !== "object") {
      return value;
    }
    if (Array.isArray(value)) {
      return value.map(function (one) { return shape(one, type); });
    }
    var typed = Object.create(types[type] || Object.prototype);
    Object.keys(value).forEach(function (key) { typed[key] = value[key]; });
    return typed;
  }

  function call(module, name, args, type) {
    var answer = host(module, name, stringify(args));
    return answer === undefined ? undefined : shape(parse(answer), type);
  }

  function method(module, described) {
    return mark(function () {
      var answer = call(module, described.name, [this.key].concat(slice.call(arguments)), described.shape);
      if (described.changes && answer) {
        var self = this;
        Object.keys(answer).forEach(function (key) { self[key] = answer[key]; });
        return self;
      }
      return answer;
    });
  }

  parse(modulesText).forEach(function (module) {
    if (module.type) {
      var prototype = {};
      module.functions.forEach(function (f) { hide(prototype, f.name, method(module.name, f)); });
      types[module.type] = prototype;
      return;
    }
    var made = {};
    module.functions.forEach(function (f) {
      made[f.name] = mark(function () {
        return call(module.name, f.name, slice.call(arguments), f.shape);
      });
    });
    global[module.name] = Object.freeze(made);
  });
  global.log = Object.freeze({ info: line("info"), warn: line("warn"), error: line("error") });
  global.console = Object.freeze({ log: line("info"), info: line("info"), warn: line("warn"), error: line("error") });

  var globals = parse(globalsText);
  Object.keys(globals).forEach(function (name) {
    global[name] = shape(globals[name].value, globals[name].type);
  });

  var loaded = {};
  function require(name) {
    if (!Object.prototype.hasOwnProperty.call(libraries, name)) {
      throw new Error("There is no library '" + name + "'.");
    }
    if (!loaded["$" + name]) {
      var module = { exports: {} };
      loaded["$" + name] = module;
      libraries[name].call(undefined, require, module, module.exports);
    }
    return loaded["$" + name].exports;
  }

  hide(Object, "assign", function (target) {
    for (var i = 1; i < arguments.length; i++) {
      var from = arguments[i];
      if (from !== null && from !== undefined) {
        Object.keys(Object(from)).forEach(function (key) { target[key] = from[key]; });
      }
    }
    return target;
  });
  hide(Object, "values", function (o) { return Object.keys(o).map(function (key) { return o[key]; }); });
  hide(Object, "entries", function (o) { return Object.keys(o).map(function (key) { return [key, o[key]]; }); });
  hide(Array, "from", function (items, map) {
    var list = typeof items === "string" ? items.split("") : slice.call(items);
    return map ? list.map(function (item, i) { return map(item, i); }) : list;
  });
  hide(Array, "of", function () { return slice.call(arguments); });
  hide(Array.prototype, "findIndex", function (test, self) {
    for (var i = 0; i < this.length; i++) {
      if (test.call(self, this[i], i, this)) {
        return i;
      }
    }
    return -1;
  });
  hide(Array.prototype, "find", function (test, self) {
    var at = this.findIndex(test, self);
    return at < 0 ? undefined : this[at];
  });
  hide(Array.prototype, "includes", function (item) { return this.indexOf(item) >= 0; });
  hide(String.prototype, "startsWith", function (start, at) {
    return this.substr(at || 0, String(start).length) === String(start);
  });
  hide(String.prototype, "endsWith", function (end) {
    var at = this.length - String(end).length;
    return at >= 0 && this.substr(at) === String(end);
  });
  hide(String.prototype, "includes", function (part) { return this.indexOf(part) >= 0; });
  hide(String.prototype, "repeat", function (count) { return new Array(Math.max(0, count | 0) + 1).join(this); });
  hide(String.prototype, "padStart", function (length, fill) {
    var missing = length - this.length;
    var pad = fill === undefined ? " " : String(fill);
    return missing <= 0 || !pad ? String(this) : pad.repeat(Math.ceil(missing / pad.length)).slice(0, missing) + this;
  });
  hide(Number, "isInteger", function (n) { return typeof n === "number" && isFinite(n) && Math.floor(n) === n; });
  hide(Number, "isFinite", function (n) { return typeof n === "number" && isFinite(n); });
  hide(Number, "isNaN", function (n) { return typeof n === "number" && n !== n; });
  hide(Number, "parseFloat", parseFloat);
  hide(Number, "parseInt", parseInt);
  hide(Math, "trunc", function (n) { return n < 0 ? Math.ceil(n) : Math.floor(n); });
  hide(Math, "sign", function (n) { return n > 0 ? 1 : n < 0 ? -1 : n; });

  return { require: require, result: function (value) { return stringify(value); } };
});

/** What Nunjucks' base classes take from Node's `events`; nothing here emits any. */
module.exports = function EventEmitter() {};

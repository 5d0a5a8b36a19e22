#include "toml_reader/listener.h"

namespace rathaus::toml_reader {
namespace {

thread_local Listener* listener = nullptr;

}  // namespace

Listening::Listening(Listener& next) : before_(listener) {
  listener = &next;
}
Listening::~Listening() {
  listener = before_;
}
Listener* Listening::current() {
  return listener;
}

}  // namespace rathaus::toml_reader

// The engine for those who cannot speak C++: eight functions over texts and arrays. One engine a
// program; who wants two, starts two programs (or workers).
#include "engine/interface.h"

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/telling.h"
#include "engine/engine.h"
#include "files/memory.h"

namespace {

using rathaus::InputError;
using rathaus::engine::Engine;

struct Interface {
  Engine engine;
  std::string messages, text;
  std::vector<double> array;
};

Interface& it() {
  static Interface one;
  return one;
}

/// As --diagnostics json tells it.
std::string line_of(const rathaus::Diagnostic& finding) {
  return rathaus::as_json("error", finding) + '\n';
}
std::string line_of(const std::string& message) {
  return line_of(rathaus::Diagnostic{{}, rathaus::Message(message)});
}

}  // namespace

char* rathaus_allocate(std::size_t bytes) {
  return static_cast<char*>(std::malloc(bytes));
}

void rathaus_release(char* memory) {
  std::free(memory);
}

void rathaus_put(const char* name, std::size_t name_length, const char* text, std::size_t length) {
  rathaus::files::put({name, name_length}, {text, length});
}

int rathaus_open(const char* name, std::size_t length) {
  it().messages.clear();
  try {
    it().engine.open({name, length});
    return 1;
  } catch (const InputError& error) {
    for (const rathaus::Diagnostic& finding : error.errors()) it().messages += line_of(finding);
  } catch (const std::exception& error) {
    it().messages = line_of(std::string("the engine failed (") + error.what() + ")");
  }
  return 0;
}

int rathaus_compute(std::uint32_t scenario, std::uint32_t alternative, std::uint32_t point,
                    std::uint32_t replicate) {
  it().messages.clear();
  if (!it().engine.is_open() || scenario >= it().engine.study().scenarios.size() ||
      alternative >= it().engine.study().alternatives.size() ||
      point >= it().engine.study().design.points) {
    it().messages = line_of("there is no such run");
    return 0;
  }
  try {
    it().engine.compute(scenario, {alternative, point, replicate});
    return 1;
  } catch (const std::exception& error) {
    it().messages = line_of(error.what());
  }
  return 0;
}

std::size_t rathaus_text(int which) {
  const Engine& engine = it().engine;
  std::string& text = it().text;
  text.clear();
  if (which == RATHAUS_MESSAGES) text = it().messages;
  if (it().engine.is_open() && which == RATHAUS_ABOUT) text = about(engine);
  if (it().engine.is_open() && which == RATHAUS_RESOLVED) text = engine.study().resolved_text;
  if (engine.has_run() && which == RATHAUS_DIGEST) text = engine.digest();
  return text.size();
}

const char* rathaus_text_begin() {
  return it().text.data();
}

std::size_t rathaus_array(const char* name, std::size_t length) {
  it().array.clear();
  if (!it().engine.has_run()) return 0;
  for (const rathaus::record::Variable& variable : it().engine.variables())
    if (variable.path == std::string_view(name, length))
      it().array = rathaus::record::as_doubles(it().engine.value_of(variable));
  return it().array.size();
}

const double* rathaus_array_begin() {
  return it().array.data();
}

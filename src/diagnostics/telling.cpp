#include "diagnostics/telling.h"

#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

namespace rathaus {
namespace {

using Json = nlohmann::ordered_json;

Telling current = Telling::text;
std::function<Message(const Message&)> through;

Json known(std::size_t number) {
  return number == 0 ? Json() : Json(number);
}
Json known(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

}  // namespace

void tell_as(Telling telling) {
  current = telling;
}
Telling telling() {
  return current;
}

void tell_through(std::function<Message(const Message&)> translation) {
  through = std::move(translation);
}

std::string translated(const std::string& text) {
  return through ? through(Message(text)).text() : text;
}

std::string as_json(std::string_view severity, const Diagnostic& finding) {
  const Json object{{"severity", severity},
                    {"file", known(finding.place.file)},
                    {"line", known(finding.place.line)},
                    {"column", known(finding.place.column)},
                    {"problem", known(finding.message.problem)},
                    {"reason", known(finding.message.reason)},
                    {"suggestion", known(finding.message.suggestion)},
                    {"message", finding.message.text()}};
  // a file name may hold bytes that are no UTF-8
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void tell(std::string_view severity, const Diagnostic& told) {
  Diagnostic finding = told;
  if (through) finding.message = through(told.message);
  const std::string line = current == Telling::json
                               ? as_json(severity, finding)
                               : fmt::format("{}: {}", severity, finding.text());
  // standard error may be full or closed, and what is computed is no worse for it
  std::fputs((line + "\n").c_str(), stderr);
}

void tell(std::string_view severity, const Message& message) {
  Diagnostic finding;
  finding.message = message;
  tell(severity, finding);
}

}  // namespace rathaus

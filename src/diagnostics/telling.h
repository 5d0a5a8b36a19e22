// How findings reach whoever called the program: one line of text each, or one JSON object each.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "diagnostics/diagnostics.h"

namespace rathaus {

/// What standard error is written for: people, or a program (--diagnostics json).
enum class Telling { text, json };

/// For the whole process; main sets it before anything is told.
void tell_as(Telling telling);
Telling telling();

/// What is told passes through it first, such as a translation; an empty function takes that back.
void tell_through(std::function<Message(const Message&)> translation);
/// A text as it is told.
std::string translated(const std::string& text);

/// Writes a finding to standard error: "error: file:line:column: message", or an object with
/// severity, file, line, column, problem, reason, suggestion, null where unknown, and message, the
/// three as one text.
void tell(std::string_view severity, const Diagnostic& finding);
/// What has no place in a file.
void tell(std::string_view severity, const Message& message);

/// The object alone, one line without its end.
std::string as_json(std::string_view severity, const Diagnostic& finding);

}  // namespace rathaus

// What is wrong with a user's input: collected, so that all errors of a file are told at once.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace rathaus {

/// A place in a user's file; line and column count from 1, 0 means unknown.
struct Place {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

/// What to do about a problem. A type of its own, so that `message + suggestion(…)` fills the field
/// of that name.
struct Suggestion {
  std::string text;
};

/// What a finding says, part by part. As one text it reads *problem (reason) suggestion*, or
/// *problem (suggestion)* where the reason goes without saying.
struct Message {
  std::string problem;     //!< what is wrong, with the value in question
  std::string reason;      //!< why it is; may be empty
  std::string suggestion;  //!< what would help; may be empty

  Message() = default;
  Message(std::string_view text);  // NOLINT: messages are written as one text
  Message(const std::string& text) : Message(std::string_view(text)) {}  // NOLINT
  Message(const char* text) : Message(std::string_view(text)) {}         // NOLINT

  std::string text() const;
  /// The same of something that is named first: "NAME problem (reason) suggestion".
  Message about(std::string_view name) const;

  friend bool operator==(const Message&, const Message&) = default;
};

/// With one suggestion more.
Message operator+(Message message, const Suggestion& suggestion);

/// One finding.
struct Diagnostic {
  Place place;
  Message message;

  /// "file:line:column: message", without the parts that are unknown.
  std::string text() const;

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// The user's input is wrong: exit status 1. Carries every error found.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Diagnostic> errors);
  explicit InputError(Message message);
  InputError(std::string file, Message message);
  const std::vector<Diagnostic>& errors() const { return errors_; }

 private:
  std::vector<Diagnostic> errors_;
};

/// Collects errors and warnings while a file is read.
class Diagnostics {
 public:
  /// An error that was told before is not told again.
  void error(Place place, Message message);
  void warning(Place place, Message message);

  bool failed() const { return !errors_.empty(); }
  const std::vector<Diagnostic>& errors() const { return errors_; }
  const std::vector<Diagnostic>& warnings() const { return warnings_; }

  /// Throws InputError with all errors, in the order of file, line and column, if there are any.
  void throw_if_failed() const;

 private:
  std::vector<Diagnostic> errors_;
  std::vector<Diagnostic> warnings_;
};

/// The candidate closest to `word` by edit distance, empty if none is close enough to be a typo.
std::string nearest(std::string_view word, std::span<const std::string_view> candidates);

/// "did you mean 'x'?" or, if nothing is close, "known: a, b, c".
Suggestion suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace rathaus

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

/// One finding. The message reads *problem (why it is one) suggestion*.
struct Diagnostic {
  Place place;
  std::string message;

  /// "file:line:column: message", without the parts that are unknown.
  std::string text() const;

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// The user's input is wrong: exit status 1. Carries every error found.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Diagnostic> errors);
  explicit InputError(std::string message);
  const std::vector<Diagnostic>& errors() const { return errors_; }

 private:
  std::vector<Diagnostic> errors_;
};

/// Collects errors and warnings while a file is read.
class Diagnostics {
 public:
  /// An error that was told before is not told again.
  void error(Place place, std::string message);
  void warning(Place place, std::string message);

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

/// " (did you mean 'x'?)" or, if nothing is close, " (known: a, b, c)"; for the end of a message.
std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace rathaus

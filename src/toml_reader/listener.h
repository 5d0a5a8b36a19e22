// What the reader asks for and how it reads it, told to whoever listens: so the page of all keys is
// written from the reader's own questions, and not from a second list of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostics.h"

namespace rathaus::toml_reader {

enum class Kind { truth, text, number, whole_number, word, quarter, list, table };

/// What a value must be.
struct Form {
  Kind kind = Kind::text;
  std::string lowest = {}, highest = {};  //!< of numbers, as TOML; empty: no bound
  std::string unit = {};                  //!< of quantities
  std::string meaning = {};               //!< of quantities
  std::vector<std::string> words = {};    //!< of words: the choices

  friend bool operator==(const Form&, const Form&) = default;
};

class Listener {
 public:
  virtual ~Listener() = default;
  /// A table is asked for a key, by its dotted name; `why`: it must be there.
  virtual void asked(const Place& table, const std::string& name, bool there,
                     std::string_view why) = 0;
  /// A value is read; elements of a list are named "time.x[0]".
  virtual void read(const Place& value, const std::string& name, const Form& form) = 0;
};

/// Hears all that this thread reads while the object lives.
class Listening {
 public:
  explicit Listening(Listener& listener);
  ~Listening();
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

  static Listener* current();  //!< null: nobody listens

 private:
  Listener* before_;
};

}  // namespace rathaus::toml_reader

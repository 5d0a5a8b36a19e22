// Every key that the program's files may hold, as the strict reader itself tells them: it reads
// files that hold them all (every_key.h) while somebody listens.
#pragma once

#include <string>
#include <vector>

#include "model_folder/model_folder.h"
#include "toml_reader/listener.h"

namespace rathaus::config {

struct Key {
  std::string file;  //!< "experiment", "calibration", or one of a model's folder
  std::string path;  //!< "time.quarters", "programme.NAME.window.length", "target[].by"
  std::vector<toml_reader::Form> forms;  //!< what it may be; several where there is a choice
  bool alone = false;                    //!< of a list of values: one may stand for it
  std::string unit;                      //!< empty: none
  std::string standard;                  //!< as TOML; empty: none
  std::string required;                  //!< why it must be there; empty: it may be left out
  std::string meaning;                   //!< one sentence

  bool is_table() const;
  /// "whole number", "text or table", "list of numbers"
  std::string type_text() const;
  /// "1 to 240", "\"step\", \"linear\""
  std::string range_text() const;
};

/// All keys, tables before what they hold. `places`: where models are looked for, whose defaults
/// are told. std::logic_error if a key has no meaning or is never read.
std::vector<Key> all_keys(const model_folder::ModelPlaces& places);

}  // namespace rathaus::config

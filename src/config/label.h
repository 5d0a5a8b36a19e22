// A text in both languages: label = "…", or label = { en = "…", de = "…" }.
#pragma once

#include <string>

#include "toml_reader/reader.h"

namespace rathaus::config {

struct Label {
  std::string en, de;  //!< what one language lacks is told in the other; both empty: none is given

  bool operator==(const Label&) const = default;
};

Label read_label(const toml_reader::Value& value);

/// Whether a table holds texts by language and nothing else.
bool is_label(const toml_reader::Value& value);

/// As a value of TOML; empty where there is none.
std::string label_text(const Label& label);

}  // namespace rathaus::config

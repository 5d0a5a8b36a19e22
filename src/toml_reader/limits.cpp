#include "toml_reader/limits.h"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <vector>

namespace rathaus::toml_reader {
namespace {

/// Walks over a text of TOML, past strings and comments.
class Scanner {
 public:
  Scanner(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  std::optional<Diagnostic> scan() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if ((c == '"' || c == '\'') && begins_token()) {
        skip_string(c);
      } else if (c == '#') {
        in_word_ = false;
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (static_cast<unsigned char>(c) >= 0x80) {
        return foreign_letter();
      } else {
        count(c);
        if (parts_ > deepest_nesting || brackets_.size() > deepest_nesting) return too_deep();
        ++at_;
      }
    }
    return std::nullopt;
  }

 private:
  /// Quotes begin a string at the begin of a key or value only. Within a word, as in 100'000, the
  /// parser takes them for letters and reads on to the end of the word.
  bool begins_token() const {
    if (in_value_) return !in_word_;
    return at_ == 0 ||
           std::string_view(" \t\r\n=,.[{").find(text_[at_ - 1]) != std::string_view::npos;
  }

  void count(char c) {
    if (c == '\n') line_begin_ = at_ + 1, ++line_;
    if (in_value_ && std::string_view(" \t\r\n,]}").find(c) == std::string_view::npos) {
      if (in_word_) return;  // whatever stands in a word of a value is a letter of it
      in_word_ = c != '[' && c != '{';
    } else {
      in_word_ = false;
    }
    if (c == '.') ++parts_;
    if (std::string_view(",=[]{}\n").find(c) != std::string_view::npos) parts_ = 1;
    if (c == '[' || c == '{') brackets_.push_back({c, in_value_});
    if (c == '=') in_value_ = true, in_word_ = false;
    if (c == '{') in_value_ = false;
    if (c == ',') in_value_ = brackets_.empty() || brackets_.back().sign == '[';
    if ((c == ']' || c == '}') && !brackets_.empty()) {
      in_value_ = brackets_.back().in_value;
      brackets_.pop_back();
    }
    if (c == '\n' && brackets_.empty()) in_value_ = false;
  }

  /// A string of one line ends with its line at the latest: what is wrong there, the parser says.
  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool long_one = text_.substr(at_, 3) == three;
    at_ += long_one ? 3 : 1;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') {
        if (!long_one) return;
        line_begin_ = at_ + 1, ++line_;
      }
      if (quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') {
        ++at_;
      } else if (!long_one && text_[at_] == quote) {
        ++at_;
        return;
      } else if (long_one && text_.substr(at_, 3) == three) {
        at_ += 3;
        for (int more = 0; more < 2 && at_ < text_.size() && text_[at_] == quote; ++more) ++at_;
        return;
      }
    }
  }

  Place place() const {
    const std::string_view before = text_.substr(line_begin_, at_ - line_begin_);
    return {name_, line_,
            static_cast<std::size_t>(utf8::distance(before.begin(), before.end())) + 1};
  }

  Diagnostic foreign_letter() const {
    const char* end = text_.data() + at_;
    utf8::next(end, text_.data() + text_.size());
    return {place(), fmt::format("'{}' stands outside of quotes (a bare key or value has letters "
                                 "from a to z, digits, '_' and '-' only) put the word in quotes",
                                 std::string_view(text_.data() + at_, end))};
  }

  Diagnostic too_deep() const {
    return {place(),
            parts_ > deepest_nesting
                ? fmt::format("the key has more than {} parts (no key of ours has) shorten it",
                              deepest_nesting)
                : fmt::format("brackets lie more than {} deep (no value of ours does) is one not "
                              "closed?",
                              deepest_nesting)};
  }

  std::string_view text_;
  const std::string& name_;
  std::size_t at_ = 0, line_ = 1, line_begin_ = 0;
  std::size_t parts_ = 1;
  bool in_value_ = false;  ///< behind a '=', where a word is no key
  bool in_word_ = false;   ///< of a value: up to a blank, a comma, a closing bracket or a comment
  struct Bracket {
    char sign;
    bool in_value;  ///< whether it stands in a value: '[' opens a list there, else a heading
  };
  std::vector<Bracket> brackets_;
};

}  // namespace

std::optional<Diagnostic> beyond_limits(std::string_view text, const std::string& name) {
  return Scanner(text, name).scan();
}

}  // namespace rathaus::toml_reader

// SHA-256 (FIPS 180-4), by which results name the inputs they came from.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace rathaus::files {

/// Takes bytes in any number of pieces.
class Sha256 {
 public:
  Sha256();

  void update(std::span<const std::byte> bytes);
  void update(std::string_view text) { update(std::as_bytes(std::span(text))); }

  /// 64 lowercase hexadecimal digits. Ends the sum: nothing can be added after it.
  std::string hex();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

std::string sha256_of(std::string_view text);

/// Of a file's bytes, as `sha256sum` prints it. InputError if it cannot be read.
std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace rathaus::files

#include "files/sha256.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "diagnostics/diagnostics.h"

namespace rathaus::files {
namespace {

void require(int succeeded) {
  if (succeeded != 1) throw std::runtime_error("OpenSSL could not compute a SHA-256");
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  require(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

void Sha256::update(std::span<const std::byte> bytes) {
  require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

std::string Sha256::hex() {
  std::array<unsigned char, 32> sum{};
  require(EVP_DigestFinal_ex(context_.get(), sum.data(), nullptr));
  std::string digits;
  for (const unsigned char byte : sum) digits += fmt::format("{:02x}", byte);
  return digits;
}

std::string sha256_of(std::string_view text) {
  Sha256 sum;
  sum.update(text);
  return sum.hex();
}

std::string sha256_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> block(1 << 16);
  Sha256 sum;
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0)
    sum.update(std::string_view(block.data(), static_cast<std::size_t>(file.gcount())));
  // Opening a folder succeeds and reading it does not, so only the end of the file is success.
  if (!file.eof()) throw InputError(fmt::format("{}: cannot be read", path.string()));
  return sum.hex();
}

}  // namespace rathaus::files

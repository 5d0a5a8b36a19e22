#include "files/sha256.h"

#include <fstream>
#include <random>

#include "catch.h"
#include "diagnostics/diagnostics.h"
#include "hdf5/study.h"

using namespace rathaus;
using namespace rathaus::files;
using namespace rathaus::hdf5;

TEST_CASE("the published examples of FIPS 180-4 come out") {
  CHECK(sha256_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_of(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("pieces and files give the sum of the whole") {
  const TemporaryFolder folder;
  std::mt19937_64 random(3);
  for (const std::size_t size : {0UL, 1UL, 65535UL, 65536UL, 65537UL, 200000UL}) {
    std::string text(size, ' ');
    for (char& c : text) c = static_cast<char>(random());
    Sha256 sum;
    for (std::size_t done = 0; done < size;) {
      const std::size_t piece = std::min(size - done, random() % 5000);
      sum.update(std::string_view(text).substr(done, piece));
      done += piece;
    }
    CHECK(sum.hex() == sha256_of(text));
    std::ofstream(folder / "file", std::ios::binary) << text;
    CHECK(sha256_of_file(folder / "file") == sha256_of(text));
  }
  CHECK_THROWS_AS(sha256_of_file(folder / "missing"), InputError);
  std::filesystem::create_directory(folder / "folder");
  CHECK_THROWS_AS(sha256_of_file(folder / "folder"), InputError);
}

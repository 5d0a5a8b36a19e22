// A program that is linked with rathaus_engine and nothing else: computes the first two replicates
// of an experiment, at two points at most, and prints the digest of every run. Usage: engine_run
// ROOT FILE NAME; NAME is where the repository would hold the file
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "engine/engine.h"
#include "files/memory.h"

namespace {

namespace fs = std::filesystem;

void put_text(const fs::path& path, const std::string& name) {
  std::ifstream file(path, std::ios::binary);
  rathaus::files::put(name, {std::istreambuf_iterator<char>(file), {}});
}

/// All texts of the repository that an experiment may name, by their paths in it.
void put_texts(const fs::path& root) {
  for (const char* folder : {"models", "experiments"})
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".toml" && extension != ".csv") continue;
      put_text(entry.path(), fs::relative(entry.path(), root).generic_string());
    }
}

}  // namespace

int main(int count, char** argument) try {
  if (count != 4) return 1;
  put_texts(argument[1]);
  put_text(argument[2], argument[3]);
  rathaus::engine::Engine engine;
  engine.open(argument[3]);
  const rathaus::study::Study& study = engine.study();
  for (const rathaus::record::Variable& variable : engine.variables())
    if (variable->held != rathaus::record::Held::index)
      std::cout << "variable " << variable.path << '\n';
  for (std::uint32_t a = 0; a < study.alternatives.size(); ++a)
    for (std::uint32_t r = 0; r < 2; ++r) {
      const std::uint32_t p = std::min(r, study.design.points - 1);
      for (std::uint32_t s = 0; s < study.scenarios.size(); ++s) {
        engine.compute(s, {a, p, r});
        std::cout << "run " << s << ' ' << a << ' ' << p << ' ' << r << ' ' << engine.digest()
                  << '\n';
      }
    }
  return 0;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}

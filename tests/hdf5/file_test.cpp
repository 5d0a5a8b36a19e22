#include "hdf5/file.h"

#include <hdf5.h>

#include <chrono>
#include <random>
#include <thread>
#include <type_traits>

#include "catch.h"
#include "diagnostics/diagnostics.h"
#include "study.h"

using namespace rathaus;
using namespace rathaus::files;
using namespace rathaus::hdf5;

namespace {

bool mentions(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

template <Value T>
std::vector<T> random_values(std::mt19937_64& random, std::size_t size) {
  std::vector<T> values(size);
  for (T& value : values)
    if constexpr (std::is_same_v<T, std::string>)
      value = std::string(random() % 5, 'a') + (random() % 2 != 0 ? "ü€𝄞" : "");
    else if constexpr (std::is_integral_v<T>)
      value = static_cast<T>(random());
    else
      value = static_cast<T>(static_cast<std::int64_t>(random())) / T{3};
  return values;
}

/// Writes a variable of random shape in random batches, and expects the same values back, whole
/// and in part.
template <Value T>
void expect_round_trip(std::mt19937_64& random) {
  const TemporaryFolder folder;
  const std::size_t runs = random() % 300, quarters = 1 + random() % 20, units = 1 + random() % 90;
  const bool grows = random() % 2 != 0;
  CAPTURE(name_of(type_of<T>()), runs, quarters, units, grows);
  const std::vector<T> values = random_values<T>(random, (grows ? runs : 1) * quarters * units);
  {
    File file = File::create(folder / "a.h5", {.compress = random() % 2 != 0});
    Group root = file.root();
    root.dimension("quarter", quarters);
    root.dimension("unit", units);
    if (grows) {
      Variable run = root.unlimited_dimension("run", {}, random() % 2 * runs);
      Variable variable = root.variable<T>("x", {"run", "quarter", "unit"});
      for (std::size_t done = 0; done < runs;) {
        const std::size_t batch = std::min(runs - done, random() % 40);
        run.append(std::vector<std::int32_t>(batch, 1));
        variable.append(
            std::span(values).subspan(done * variable.row_size(), batch * variable.row_size()));
        done += batch;
      }
    } else {
      root.variable<T>("x", {"quarter", "unit"}).write(values);
    }
    file.commit();
  }
  const File file = File::open(folder / "a.h5");
  const Variable variable = file.root().variable("x");
  REQUIRE(variable.type() == type_of<T>());
  REQUIRE(variable.read<T>() == values);
  if (variable.rows() == 0) return;
  const std::size_t first = random() % variable.rows();
  const std::size_t count = random() % (variable.rows() - first + 1);
  const auto start = values.begin() + static_cast<std::ptrdiff_t>(first * variable.row_size());
  REQUIRE(variable.read<T>(first, count) ==
          std::vector<T>(start, start + static_cast<std::ptrdiff_t>(count * variable.row_size())));
  if constexpr (!std::same_as<T, std::string>) {
    const std::size_t columns = variable.shape()[1], inner = variable.row_size() / columns;
    const std::size_t column = random() % columns, width = random() % (columns - column) + 1;
    std::vector<T> expected;
    for (std::size_t row = 0; row < variable.rows(); ++row)
      for (std::size_t c = column * inner; c < (column + width) * inner; ++c)
        expected.push_back(values[row * variable.row_size() + c]);
    REQUIRE(variable.read_columns<T>(column, width) == expected);
    REQUIRE_THROWS_AS(variable.read_columns<T>(columns, 1), std::out_of_range);
  }
}

}  // namespace

TEST_CASE("every value comes back as it was written") {
  std::mt19937_64 random(20260101);
  for (int i = 0; i < 12; ++i) {
    expect_round_trip<std::int8_t>(random);
    expect_round_trip<std::int16_t>(random);
    expect_round_trip<std::int32_t>(random);
    expect_round_trip<std::int64_t>(random);
    expect_round_trip<float>(random);
    expect_round_trip<double>(random);
    expect_round_trip<std::string>(random);
  }
}

TEST_CASE("a file tells its structure in the order in which it was made") {
  const TemporaryFolder folder;
  {
    File file = File::create(folder / "a.h5");
    Group root = file.root();
    root.attribute("zeta", "Gemeinden ≥ 5 000");
    root.attribute("alpha", 3);
    root.attribute("beta", std::array<double, 2>{0.5, -1});
    root.attribute("alpha", 4);
    const std::vector<std::string> labels{"", "größer", "small"};
    root.dimension("size_class", labels, "size class");
    root.unlimited_dimension("run").append(std::vector<std::int32_t>{5, 6});
    Group late = root.group("zoo").group("cage");
    late.variable<std::int8_t>("stage", {"run", "size_class"},
                               {.units = "1",
                                .long_name = "stage",
                                .attributes = {{"note", "here"}},
                                .flags = {"unknown", "none", "pilot"},
                                .first_flag = -1})
        .append(std::vector<std::int8_t>{-1, 0, 1, 1, 0, -1});
    root.group("ape").text("diary", "line\nline\n");
    file.commit();
  }
  const File file = File::open(folder / "a.h5");
  const Group root = file.root();
  CHECK(root.variables() == std::vector<std::string>{"size_class", "run"});
  CHECK(root.groups() == std::vector<std::string>{"zoo", "ape"});
  CHECK(root.attributes() == std::vector<std::string>{"Conventions", "format", "format_version",
                                                      "zeta", "beta", "alpha"});
  CHECK(root.text_attribute("zeta") == "Gemeinden ≥ 5 000");
  CHECK(root.attribute("alpha") == AttributeValue(std::vector<std::int64_t>{4}));
  CHECK(root.attribute("beta") == AttributeValue(std::vector<double>{0.5, -1}));
  CHECK(root.variable("size_class").read<std::string>() ==
        std::vector<std::string>{"", "größer", "small"});
  CHECK(root.group("ape").text("diary") == "line\nline\n");
  CHECK_THROWS_AS(root.group("bear"), FileError);
  CHECK_THROWS_AS(root.variable("bear"), FileError);
  CHECK_THROWS_AS(root.attribute("bear"), FileError);

  const Variable stage = root.group("zoo").group("cage").variable("stage");
  CHECK(stage.path() == "/zoo/cage/stage");
  CHECK(stage.dimensions() == std::vector<std::string>{"run", "size_class"});
  CHECK(stage.shape() == std::vector<std::size_t>{2, 3});
  CHECK(stage.attributes() ==
        std::vector<std::string>{"long_name", "units", "note", "flag_values", "flag_meanings"});
  CHECK(stage.attribute("flag_values") == AttributeValue(std::vector<std::int64_t>{-1, 0, 1}));
  CHECK(stage.text_attribute("flag_meanings") == "unknown none pilot");
}

TEST_CASE("numbers that do not fit the type asked for are an error, not clipped") {
  const TemporaryFolder folder;
  const std::vector<std::int64_t> whole{1, std::int64_t{1} << 40};
  const std::vector<double> real{1.0, 0.5};
  {
    File file = File::create(folder / "a.h5");
    Group root = file.root();
    root.dimension("x", 2);
    root.variable<std::int64_t>("whole", {"x"}).write(whole);
    root.variable<double>("real", {"x"}).write(real);
    root.text("text", "t");
    file.commit();
  }
  const File file = File::open(folder / "a.h5");
  const Group root = file.root();
  CHECK(root.variable("whole").read<double>() == std::vector<double>{1, 1099511627776.0});
  CHECK(root.variable("real").read<float>() == std::vector<float>{1.0F, 0.5F});
  CHECK_THROWS_AS(root.variable("whole").read<std::int32_t>(), FileError);
  CHECK_THROWS_AS(root.variable("real").read<std::int32_t>(), FileError);
  CHECK_THROWS_AS(root.variable("real").read<std::string>(), FileError);
  CHECK_THROWS_AS(root.variable("text").read<double>(), FileError);
  CHECK(root.variable("whole").read<std::int32_t>(0, 1) == std::vector<std::int32_t>{1});
  CHECK_THROWS_AS(root.variable("whole").read<std::int64_t>(1, 2), std::out_of_range);
}

TEST_CASE("the same study gives the same bytes") {
  const TemporaryFolder folder;
  for (const bool compress : {false, true}) {
    const Study study{.compress = compress};
    const std::string first = compress ? "a.h5" : "c.h5", second = compress ? "b.h5" : "d.h5";
    study.write(folder / first);
    // HDF5 keeps times in whole seconds: without a pause a time in the file would show by luck
    // only.
    std::this_thread::sleep_for(std::chrono::milliseconds(1'100));
    study.write(folder / second);
    CHECK(bytes_of_file(folder / first) == bytes_of_file(folder / second));
  }
}

TEST_CASE("nothing bears the target's name before it is committed, nothing is left if it is not") {
  const TemporaryFolder folder;
  const Study study;
  {
    File file = File::create(folder / "a.h5");
    study.write_into(file);
    CHECK(std::filesystem::exists(folder / "a.h5.part"));
    CHECK_FALSE(std::filesystem::exists(folder / "a.h5"));
  }
  CHECK(folder.empty());

  study.write(folder / "a.h5");
  CHECK_FALSE(std::filesystem::exists(folder / "a.h5.part"));
  const std::string before = bytes_of_file(folder / "a.h5");
  CHECK(mentions(message_of<InputError>([&] { File::create(folder / "a.h5"); }), "exists already"));
  {
    File file = File::create(folder / "a.h5", {.overwrite = true});
    CHECK(bytes_of_file(folder / "a.h5") == before);
  }
  CHECK(bytes_of_file(folder / "a.h5") == before);
  std::ofstream(folder / "a.h5.part") << "left behind by a killed process";
  std::ofstream(folder / "a.h5.lock") << "rathaus: process 1 on elsewhere\n";
  File file = File::create(folder / "a.h5", {.overwrite = true});
  Study{.runs = 2}.write_into(file);
  file.commit();
  CHECK(File::open(folder / "a.h5").root().variable("run").rows() == 2);
  CHECK_FALSE(std::filesystem::exists(folder / "a.h5.part"));
}

TEST_CASE("a path that cannot be written is told before anything is computed") {
  const TemporaryFolder folder;
  const auto refusal = [&](const std::string& name) {
    return message_of<InputError>([&] { File::create(folder / name); });
  };
  std::filesystem::create_directory(folder / "folder");
  CHECK(mentions(refusal("nowhere/a.h5"), "no folder"));
  CHECK(mentions(refusal("folder"), "is no file"));
  CHECK(mentions(refusal(std::string(300, 'x')), "File name too long"));
}

TEST_CASE("a file that is no result is refused by saying what it is") {
  const TemporaryFolder folder;
  const auto refusal = [&](const std::string& name) {
    return message_of<InputError>([&] { File::open(folder / name); });
  };
  CHECK(mentions(refusal("missing.h5"), "No such file"));
  std::filesystem::create_directory(folder / "folder");
  CHECK(mentions(refusal("folder"), "is no file"));
  std::ofstream(folder / "empty.h5").flush();
  CHECK(mentions(refusal("empty.h5"), "not HDF5"));
  std::ofstream(folder / "text.h5") << "title = \"an experiment\"\n" << std::string(5000, '#');
  CHECK(mentions(refusal("text.h5"), "not HDF5"));

  H5Fclose(H5Fcreate((folder / "foreign.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  CHECK(mentions(refusal("foreign.h5"), "no result of Rathaus"));

  for (const std::int32_t major : {0, 2}) {
    Study{}.write(folder / "a.h5");
    const hid_t file = H5Fopen((folder / "a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t version = H5Aopen(file, "format_version", H5P_DEFAULT);
    const std::int32_t numbers[] = {major, 3};
    H5Awrite(version, H5T_NATIVE_INT32, numbers);
    H5Aclose(version);
    H5Fclose(file);
    CHECK(mentions(refusal("a.h5"), "format version " + std::to_string(major) + ".3"));
    std::filesystem::remove(folder / "a.h5");
  }
}

TEST_CASE("a file cut off anywhere is refused") {
  const TemporaryFolder folder;
  Study{.runs = 3}.write(folder / "whole.h5");
  const std::string whole = bytes_of_file(folder / "whole.h5");
  for (std::size_t length = 0; length < whole.size(); length += 1 + whole.size() / 200) {
    CAPTURE(length);
    std::ofstream(folder / "cut.h5", std::ios::binary)
        .write(whole.data(), static_cast<std::streamsize>(length));
    const std::string refusal = message_of<InputError>([&] { File::open(folder / "cut.h5"); });
    REQUIRE(mentions(refusal, length < 8 ? "not HDF5" : "cut off"));
  }
}

TEST_CASE("a result with a hole is not committed") {
  const TemporaryFolder folder;
  const auto refusal = [&](auto write) {
    return message_of<FileError>([&] {
      File file = File::create(folder / "a.h5");
      Group root = file.root();
      root.dimension("quarter", 4);
      root.unlimited_dimension("run").append(std::vector<std::int32_t>{0, 1});
      write(root);
      file.commit();
    });
  };
  CHECK(mentions(refusal([](Group& root) { root.variable<double>("x", {"quarter"}); }),
                 "/x was never written"));
  CHECK(mentions(refusal([](Group& root) {
                   root.group("g").variable<double>("x", {"run"}).append(std::vector{1.0});
                 }),
                 "/g/x has 1 values along 'run' instead of 2"));
  CHECK(folder.empty());
}

TEST_CASE("our own mistakes are logic errors") {
  const TemporaryFolder folder;
  File file = File::create(folder / "a.h5");
  Group root = file.root();
  root.dimension("quarter", 4);
  root.unlimited_dimension("run");
  Group group = root.group("group");
  Variable x = root.variable<double>("x", {"run", "quarter"});
  CHECK_THROWS_AS(x.append(std::vector<float>(4)), std::logic_error);
  CHECK_THROWS_AS(x.append(std::vector<double>(6)), std::logic_error);
  CHECK_THROWS_AS(x.write(std::vector<double>(4)), std::logic_error);
  CHECK_THROWS_AS(root.text("t", std::string("a\0b", 3)), std::logic_error);
  CHECK_THROWS_AS(root.dimension("programme", 0), std::logic_error);
  CHECK_THROWS_AS(root.variable<double>("y", {"unit"}), std::logic_error);
  CHECK_THROWS_AS(root.variable<double>("y", {"quarter", "run"}), std::logic_error);
  CHECK_THROWS_AS(group.variable<double>("quarter", {"run"}), std::logic_error);
  CHECK_THROWS_AS(root.variable<std::int8_t>("y", {"run"}, {.flags = {"two words"}}),
                  std::logic_error);
  static_assert(std::is_nothrow_move_constructible_v<Handle> &&
                !std::is_copy_constructible_v<Handle> && !std::is_copy_constructible_v<Variable>);
}

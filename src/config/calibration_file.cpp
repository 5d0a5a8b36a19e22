#include "config/calibration_file.h"

#include "config/calibration_section.h"
#include "config/study_reader.h"
#include "files/texts.h"
#include "toml_reader/source.h"

namespace rathaus::config {

Calibration read_calibration(const std::string& path, const std::vector<std::string>& sets,
                             const model_folder::ModelPlaces& places, Diagnostics& diagnostics) {
  const std::optional<std::string> text = toml_reader::read_file(path, diagnostics);
  if (!text) diagnostics.throw_if_failed();
  Calibration calibration;
  calibration.study = read_study(
      *text, path, files::folder_of(path), sets, places,
      [&](toml_reader::Table& root, const std::string& folder, Draft& draft) {
        read_calibration_section(root, folder, draft, calibration.request);
      },
      diagnostics);
  return calibration;
}

}  // namespace rathaus::config

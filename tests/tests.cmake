# Every test program, by the path it mirrors.
rathaus_test(diagnostics/diagnostics LINK rathaus_diagnostics)
rathaus_test(random/draw LINK rathaus_random)
rathaus_test(population/synthetic LINK rathaus_population rathaus_random)
rathaus_test(population/csv LINK rathaus_population)
rathaus_test(population/file LINK rathaus_population)
rathaus_test(population/build LINK rathaus_population rathaus_random fmt::fmt)
rathaus_test(population/network LINK rathaus_population rathaus_random)
rathaus_test(population/measure LINK rathaus_population)
rathaus_test(population/describe LINK rathaus_population)
rathaus_test(population/register LINK rathaus_population)
rathaus_test(model/conservation LINK rathaus_config rathaus_model)
rathaus_test(model/determinism LINK rathaus_config rathaus_model TBB::tbb)

# The command line and the scripts as a user types them. /usr/bin/python3: Debian's, which has
# Debian's packages, wherever another one is first in the path.
function(rathaus_script_test name)
  add_test(NAME ${name} COMMAND ${ARGN})
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 ENVIRONMENT
    "RATHAUS=$<TARGET_FILE:rathaus>;RATHAUS_BUILD=${PROJECT_BINARY_DIR};RATHAUS_SHARED_DATA=${PROJECT_SOURCE_DIR}/../shared/data;RATHAUS_SOURCE=${PROJECT_SOURCE_DIR}")
endfunction()

rathaus_script_test(cli /usr/bin/python3 ${CMAKE_CURRENT_SOURCE_DIR}/cli/cli_test.py)
rathaus_script_test(scripts/import_register /usr/bin/python3 ${CMAKE_CURRENT_SOURCE_DIR}/scripts/import_register_test.py)
rathaus_test(config/experiment_file LINK rathaus_config)
rathaus_test(config/model_folder LINK rathaus_config rathaus_results fmt::fmt)
rathaus_test(config/overrides LINK rathaus_config)
rathaus_test(config/resolved LINK rathaus_config fmt::fmt)
rathaus_test(config/mutations LINK rathaus_config)
rathaus_test(config/series LINK rathaus_config)
rathaus_test(results/digest LINK rathaus_results)
rathaus_test(results/file LINK rathaus_results hdf5::hdf5)
rathaus_test(results/full_disk LINK rathaus_results)
rathaus_test(results/layout LINK rathaus_results)
rathaus_test(results/sha256 LINK rathaus_results)

# What the result file promises, kept by other people's readers: xarray, R, ncdump, h5dump.
add_executable(readers_sample "${CMAKE_CURRENT_SOURCE_DIR}/readers/sample.cpp")
target_link_libraries(readers_sample PRIVATE rathaus_results)
rathaus_own_target(readers_sample)
foreach(storage compressed plain)
  set(sample "${CMAKE_CURRENT_BINARY_DIR}/sample_${storage}.h5")
  add_test(NAME readers/write_${storage} COMMAND readers_sample "${sample}" ${storage})
  add_test(NAME readers/read_${storage}
    COMMAND bash "${CMAKE_CURRENT_SOURCE_DIR}/readers/readers_test.sh" "${sample}")
  set_tests_properties(readers/write_${storage} PROPERTIES FIXTURES_SETUP sample_${storage})
  set_tests_properties(readers/read_${storage} PROPERTIES
    FIXTURES_REQUIRED sample_${storage} SKIP_RETURN_CODE 77)
endforeach()
rathaus_script_test(reference/agreement /usr/bin/python3 ${CMAKE_CURRENT_SOURCE_DIR}/reference/agreement_test.py)
rathaus_script_test(reference/self /usr/bin/python3 -m unittest discover -s ${CMAKE_CURRENT_SOURCE_DIR}/reference -p "[!a]*_test.py")
rathaus_script_test(readers/real bash ${CMAKE_CURRENT_SOURCE_DIR}/readers/real_test.sh)
rathaus_script_test(cli/install bash ${CMAKE_CURRENT_SOURCE_DIR}/cli/install_test.sh)
rathaus_script_test(cli/compilers bash ${CMAKE_CURRENT_SOURCE_DIR}/cli/compilers_test.sh)

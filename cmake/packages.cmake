find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(PostgreSQL REQUIRED)
pkg_check_modules(DEPS REQUIRED IMPORTED_TARGET
	libmicrohttpd jansson sqlite3 icu-uc icu-i18n libsodium liboath xlsxwriter libzip expat libqrencode zlib libseccomp)

add_library(theodoi_packages INTERFACE)
target_link_libraries(theodoi_packages INTERFACE
	PkgConfig::DEPS PostgreSQL::PostgreSQL magic Threads::Threads m)

# Of theodoi-extract alone.
pkg_check_modules(EXTRACT REQUIRED IMPORTED_TARGET poppler-glib lept tesseract)

# What `cmake --install` puts where, and a Debian package of it: cpack --config build/release/CPackConfig.cmake
include(GNUInstallDirs)
install(TARGETS theodoi RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS theodoi-extract RUNTIME DESTINATION lib/theodoi) # looked for as ../lib/theodoi/
install(FILES packaging/theodoi.service DESTINATION /lib/systemd/system)
install(FILES packaging/theodoi.conf DESTINATION /etc/theodoi PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ)
install(FILES packaging/nginx.conf packaging/haproxy.cfg DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md" PATTERN "*.png")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME theodoi)
set(CPACK_PACKAGE_VENDOR theodoi)
set(CPACK_PACKAGE_CONTACT "theodoi maintainers <maintainers@theodoi.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Tracking how resolutions are carried out, from the centre to the communes")
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, init-system-helpers, tesseract-ocr-vie")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "nginx | haproxy")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
	${CMAKE_CURRENT_LIST_DIR}/debian/conffiles
	${CMAKE_CURRENT_LIST_DIR}/debian/postinst
	${CMAKE_CURRENT_LIST_DIR}/debian/prerm
	${CMAKE_CURRENT_LIST_DIR}/debian/postrm)
include(CPack)

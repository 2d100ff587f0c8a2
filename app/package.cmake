# A Debian package of what `cmake --install` installs: cpack --config BUILD/CPackConfig.cmake
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME finclip-deploy)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "FinClip Deploy <root@localhost>" CACHE STRING "Maintainer of the package")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "installs the FinClip platform on servers over SSH, offline")
set(CPACK_PACKAGE_DESCRIPTION
"A step-by-step wizard (finclip-deploy) and a command line (finclip-deployctl) that
install the FinClip mini-program platform on a customer's own servers from a laptop
without internet: probe, drawing, reviewed plan, resumable run, hand-over report.
Practice mode does the whole job on simulated servers.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES TRUE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
# What the programs are linked with, asked of the system that they are built on.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-noto-cjk, qt6-wayland")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "openssh-client, gnome-keyring")
include(CPack)

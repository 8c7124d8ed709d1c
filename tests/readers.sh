#!/usr/bin/env bash
# What the tests read with besides Python: Chromium, a font with Chinese characters, and the real readers of packs.
# Installs what is missing where it can (root on a Debian machine), else says what will be skipped. Never fails.
set -u

have_program() { command -v "$1" >/dev/null; }
have_font() { fc-list :lang=zh 2>/dev/null | grep -q .; }

# what is looked for | packages | what happens without it
readers=(
  "program chromium|chromium|浏览器测试会跳过"
  "font|fontconfig fonts-noto-cjk|浏览器测试量出的字会不准"
  "program kiwix-serve|kiwix-tools|Kiwix 的测试会跳过"
  "program minisign|minisign|签名的测试会跳过"
  "program java|default-jre-headless|电子书的测试会跳过"
  "program pdftotext|poppler-utils|PDF 的测试会跳过"
)

have() {
  case "$1" in
    font) have_font ;;
    *) have_program "${1#program }" ;;
  esac
}

renewed=no
for row in "${readers[@]}"; do
  IFS='|' read -r what packages _ <<<"$row"
  have "$what" && continue
  [ "$(id -u 2>/dev/null || echo 1)" -eq 0 ] && have_program apt-get || continue
  echo "安装测试要用的：$packages"
  export DEBIAN_FRONTEND=noninteractive
  # One group after the other: one that can't be had takes none of the others with it.
  # The list of packages may be old or absent: try first, then renew it once.
  # shellcheck disable=SC2086 - several packages
  apt-get install -y -qq --no-install-recommends $packages >/dev/null 2>&1 && continue
  if [ "$renewed" = no ]; then
    renewed=yes
    apt-get update -qq >/dev/null 2>&1
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $packages >/dev/null 2>&1
  fi
done

for row in "${readers[@]}"; do
  IFS='|' read -r what packages without <<<"$row"
  have "$what" || echo "没有 $packages，也装不上：$without。自己装：apt-get install $packages"
done
exit 0

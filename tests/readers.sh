#!/usr/bin/env bash
# What the tests read with besides Python: Chromium, and a font with Chinese characters.
# Installs what is missing where it can (root on a Debian machine), else says what will be skipped. Never fails.
set -u

have_chromium() { command -v chromium >/dev/null; }
have_font() { fc-list :lang=zh 2>/dev/null | grep -q .; }

missing=()
have_chromium || missing+=(chromium)
have_font || missing+=(fontconfig fonts-noto-cjk)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "安装测试要用的：${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # The list of packages may be old or absent: try first, then renew it once.
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1
fi

have_chromium || echo "没有 chromium，也装不上：浏览器测试会跳过。自己装：apt-get install chromium"
have_font || echo "没有中文字体，也装不上：浏览器测试量出的字会不准。自己装：apt-get install fonts-noto-cjk"
exit 0

@echo off
chcp 65001 >nul
title Skolesjekk
set "PYTHONPATH=%~dp0app"
set "PYTHONNOUSERSITE=1"
set "PYTHONSAFEPATH=1"
set "PYTHONUTF8=1"
if not defined SKOLESJEKK_LANG set "SKOLESJEKK_LANG=@LANGUAGE@"
if exist "%~dp0python\python.exe" (
  "%~dp0python\python.exe" -m checker serve %*
  goto ended
)
py -@PYTHON@ -c "" >nul 2>nul
if not errorlevel 1 (
  py -@PYTHON@ -m checker serve %*
  goto ended
)
python -c "import sys; sys.exit('.'.join(map(str, sys.version_info[:2])) != '@PYTHON@')" >nul 2>nul
if not errorlevel 1 (
  python -m checker serve %*
  goto ended
)
echo @LACKING@
:ended
if errorlevel 1 pause

; The installer for Windows: per user, so no administrator's password is asked at the counter.
; The shop's own folder is never touched, neither here nor when the program is removed.
;   makensis /DVERSION=0.1.0 /DPAYLOAD=dist\osdesk /DOUT=dist packaging\windows.nsi
Target amd64-unicode
Unicode true
!include "MUI2.nsh"
!include "FileFunc.nsh"

!ifndef VERSION
  !error "VERSION is missing"
!endif
!ifndef PAYLOAD
  !error "PAYLOAD (the frozen folder) is missing"
!endif
!ifndef OUT
  !define OUT "."
!endif
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\osdesk"

Name "osdesk"
OutFile "${OUT}/osdesk-${VERSION}-instalador.exe"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\osdesk"
InstallDirRegKey HKCU "Software\osdesk" "InstallDir"
SetCompressor /SOLID lzma
BrandingText "osdesk ${VERSION}"

!define MUI_ICON "../resources/logo/osdesk.ico"
!define MUI_UNICON "../resources/logo/osdesk.ico"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\osdeskw.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "PortugueseBR"

; A running program keeps its files open: ask for it to be closed instead of leaving half of each.
!macro AskToClose
  again:
  IfFileExists "$INSTDIR\osdeskw.exe" 0 done
  ClearErrors
  FileOpen $0 "$INSTDIR\osdeskw.exe" a
  IfErrors 0 free
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "O osdesk está aberto. Feche-o e tente de novo." /SD IDCANCEL IDRETRY again
  Abort
  free:
  FileClose $0
  done:
!macroend

Section "osdesk"
  !insertmacro AskToClose
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\_internal"
  File /r "${PAYLOAD}/*.*"
  WriteUninstaller "$INSTDIR\desinstalar.exe"
  CreateShortcut "$SMPROGRAMS\osdesk.lnk" "$INSTDIR\osdeskw.exe"
  CreateShortcut "$DESKTOP\osdesk.lnk" "$INSTDIR\osdeskw.exe"
  WriteRegStr HKCU "Software\osdesk" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "osdesk"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\osdeskw.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "osdesk contributors"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\desinstalar.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\desinstalar.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
SectionEnd

Section "Uninstall"
  !insertmacro AskToClose
  Delete "$SMPROGRAMS\osdesk.lnk"
  Delete "$DESKTOP\osdesk.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\osdesk.exe"
  Delete "$INSTDIR\osdeskw.exe"
  Delete "$INSTDIR\desinstalar.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\osdesk"
SectionEnd

; The installer for Windows: per user, so no administrator's password is asked at the counter.
; The shop's own folder is never touched, neither here nor when the program is removed.
;   makensis /DVERSION=0.1.0 /DPAYLOAD=dist\osdesk /DOUT=dist packaging\windows.nsi
; Exit codes of a silent run (/S): 0 done, 2 the program is open, 3 a newer version is installed,
; 4 this Windows is too old.
Target amd64-unicode
Unicode true
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "WordFunc.nsh"

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
OutFile "${OUT}\osdesk-${VERSION}-instalador.exe"
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
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

; What the file's properties show.
VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=${LANG_PORTUGUESEBR} "ProductName" "osdesk"
VIAddVersionKey /LANG=${LANG_PORTUGUESEBR} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_PORTUGUESEBR} "FileDescription" "Instalador do osdesk"
VIAddVersionKey /LANG=${LANG_PORTUGUESEBR} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_PORTUGUESEBR} "CompanyName" "osdesk contributors"
VIAddVersionKey /LANG=${LANG_PORTUGUESEBR} "LegalCopyright" "osdesk contributors, licença MIT"
VIAddVersionKey /LANG=${LANG_PORTUGUESEBR} "OriginalFilename" "osdesk-${VERSION}-instalador.exe"

; Qt needs Windows 10 1809, which is build 17763.
!define OLDEST_BUILD 17763

Function .onInit
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "O osdesk precisa do Windows 10 versão 1809 ou mais novo. Nada foi instalado." /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  ReadRegStr $0 HKCU "${UNINSTALL}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 = 1
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "Já está instalado o osdesk $0, mais novo que este (${VERSION}). Uma loja aberta pelo mais novo pode não abrir neste. Instalar o mais antigo mesmo assim?" /SD IDNO IDYES older
      SetErrorLevel 3
      Quit
      older:
    ${EndIf}
  ${EndIf}
FunctionEnd

; A running program keeps its files open: ask for it to be closed instead of leaving half of each.
!macro EnsureClosed un
Function ${un}EnsureClosed
  Pop $1
  again:
  ${If} ${FileExists} $1
    ClearErrors
    FileOpen $0 $1 a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "O osdesk está aberto. Feche-o e tente de novo." /SD IDCANCEL IDRETRY again
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
FunctionEnd
!macroend
!insertmacro EnsureClosed ""
!insertmacro EnsureClosed "un."

Section "osdesk"
  Push "$INSTDIR\osdeskw.exe"
  Call EnsureClosed
  Push "$INSTDIR\osdesk.exe"
  Call EnsureClosed
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\LICENSES"
  File /r "${PAYLOAD}\*.*"
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
  Push "$INSTDIR\osdeskw.exe"
  Call un.EnsureClosed
  Push "$INSTDIR\osdesk.exe"
  Call un.EnsureClosed
  Delete "$SMPROGRAMS\osdesk.lnk"
  Delete "$DESKTOP\osdesk.lnk"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\LICENSES"
  Delete "$INSTDIR\osdesk.exe"
  Delete "$INSTDIR\osdeskw.exe"
  Delete "$INSTDIR\desinstalar.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\osdesk"
SectionEnd

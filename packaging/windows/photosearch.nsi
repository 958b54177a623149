; Installs Photosearch for one person, without an administrator. Silent: setup.exe /S [/D=FOLDER]
; makensis -DVERSION=1.2.3 -DBUNDLE=FOLDER -DOUT=setup.exe -DLICENSE=FILE -DPICTURES=FOLDER photosearch.nsi
; PICTURES is where pictures.py wrote to.
; Exit codes: 0 done, 1 cancelled, 2 Photosearch is running.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel user
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define NAME "Photosearch"
!define PROGRAM "photosearchw.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define LOOKALIKES "Software\Classes\SystemFileAssociations\image\shell\${NAME}.Lookalikes"
!define ADD "Software\Classes\Directory\shell\${NAME}.Add"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME} setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "The Photosearch authors"
VIAddVersionKey "LegalCopyright" "Apache-2.0"

BrandingText "${NAME} ${VERSION}"
!define MUI_ICON "${PICTURES}/photosearch.ico"
!define MUI_UNICON "${PICTURES}/photosearch.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURES}/setup.bmp"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENSE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "Korean"

LangString WELCOME ${LANG_ENGLISH} "Photosearch finds lookalikes and duplicates among your photos. It works on this computer alone: nothing leaves it, and no original is ever changed.$\r$\n$\r$\nIt is installed for you only and needs no administrator."
LangString WELCOME ${LANG_GERMAN} "Photosearch findet ähnliche und doppelte Fotos. Es arbeitet nur auf diesem Computer: Nichts verlässt ihn, und kein Original wird je verändert.$\r$\n$\r$\nEs wird nur für Sie installiert und braucht keinen Administrator."
LangString WELCOME ${LANG_KOREAN} "Photosearch는 비슷한 사진과 중복된 사진을 찾습니다. 이 컴퓨터에서만 작동합니다. 아무것도 밖으로 나가지 않으며 원본은 절대 변경되지 않습니다.$\r$\n$\r$\n현재 사용자만을 위해 설치되며 관리자 권한이 필요하지 않습니다."
LangString RUNNING ${LANG_ENGLISH} "Photosearch is running. End it, then try again. What it was doing goes on at its next start."
LangString RUNNING ${LANG_GERMAN} "Photosearch läuft. Beenden Sie es und versuchen Sie es erneut. Was es gerade tat, geht beim nächsten Start weiter."
LangString RUNNING ${LANG_KOREAN} "Photosearch가 실행 중입니다. 종료한 뒤 다시 시도하세요. 하던 작업은 다음에 시작할 때 계속됩니다."
LangString LIBRARY ${LANG_ENGLISH} "Remove your library, too: labels, decisions and the search index? Your photos stay in any case."
LangString LIBRARY ${LANG_GERMAN} "Auch Ihre Bibliothek entfernen: Beschriftungen, Entscheidungen und den Suchindex? Ihre Fotos bleiben in jedem Fall."
LangString LIBRARY ${LANG_KOREAN} "라벨, 결정, 검색 색인이 있는 라이브러리도 제거할까요? 사진은 어떤 경우에도 남습니다."
LangString VERB_FIND ${LANG_ENGLISH} "Search for lookalikes"
LangString VERB_FIND ${LANG_GERMAN} "Ähnliche Fotos suchen"
LangString VERB_FIND ${LANG_KOREAN} "비슷한 사진 찾기"
LangString VERB_ADD ${LANG_ENGLISH} "Add to Photosearch"
LangString VERB_ADD ${LANG_GERMAN} "Zu Photosearch hinzufügen"
LangString VERB_ADD ${LANG_KOREAN} "Photosearch에 추가"

; A program that runs cannot be written to.
!macro IF_RUNNING file
  ${If} ${FileExists} "$INSTDIR\${file}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${file}" a
    ${If} ${Errors}
      StrCpy $1 "${file}"
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend

!macro REQUIRE_CLOSED
  ${Do}
    StrCpy $1 ""
    !insertmacro IF_RUNNING "${PROGRAM}"
    !insertmacro IF_RUNNING "photosearch.exe"
    ${If} $1 == ""
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel 2
    Quit
  ${Loop}
!macroend

Section
  !insertmacro REQUIRE_CLOSED
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\_internal" ; what an older version had and this one has not
  File /r "${BUNDLE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Photosearch authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0

  WriteRegStr HKCU "${LOOKALIKES}" "" "$(VERB_FIND)"
  WriteRegStr HKCU "${LOOKALIKES}" "Icon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${LOOKALIKES}\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${ADD}" "" "$(VERB_ADD)"
  WriteRegStr HKCU "${ADD}" "Icon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${ADD}\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "Software\Classes\Applications\${PROGRAM}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\photosearch.exe" "" "$INSTDIR\photosearch.exe"
SectionEnd

Section "Uninstall"
  !insertmacro REQUIRE_CLOSED
  ; The library goes only if that is asked for: by a click, or silently with /REMOVELIBRARY.
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/REMOVELIBRARY" $2
  ${IfNot} ${Errors}
    RMDir /r "$LOCALAPPDATA\${NAME}"
  ${Else}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(LIBRARY)" /SD IDNO IDNO +2
    RMDir /r "$LOCALAPPDATA\${NAME}"
  ${EndIf}
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\photosearch.exe"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${LOOKALIKES}"
  DeleteRegKey HKCU "${ADD}"
  DeleteRegKey HKCU "Software\Classes\Applications\${PROGRAM}"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\photosearch.exe"
SectionEnd

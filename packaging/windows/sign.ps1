# sign.ps1 FILE…: signs with the certificate in $env:CERTIFICATE (a .pfx in base64) and its $env:PASSWORD.
$ErrorActionPreference = "Stop"
$certificate = New-TemporaryFile
try {
    [IO.File]::WriteAllBytes($certificate, [Convert]::FromBase64String($env:CERTIFICATE))
    $kits = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" | Sort-Object FullName
    & $kits[-1].FullName sign /fd sha256 /td sha256 /tr http://timestamp.digicert.com /f $certificate /p $env:PASSWORD $args
    if ($LASTEXITCODE) { throw "signtool ended with $LASTEXITCODE." }
} finally {
    Remove-Item $certificate
}

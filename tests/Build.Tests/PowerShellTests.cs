using System.Runtime.Versioning;

namespace Pipeline.Build.Tests;

/// <summary>build.ps1, which is meant for Windows.</summary>
[SupportedOSPlatform("linux")]
public sealed class PowerShellTests() : BuildScriptTests(Shell.PowerShell);

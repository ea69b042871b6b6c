using System.Runtime.Versioning;

namespace Pipeline.Build.Tests;

/// <summary>build.sh.</summary>
[SupportedOSPlatform("linux")]
public sealed class BashOutputTests() : BuildScriptOutputTests(Shell.Bash);

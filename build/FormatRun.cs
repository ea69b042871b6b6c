using Cake.Core;

namespace Pipeline.Build;

/// <summary>Lays out the C# code with CSharpier, whose version and settings stand in the project's folder.</summary>
internal static class FormatRun
{
    /// <summary>Formats all C# files, or only looks whether they are formatted; what the formatter prints is passed through.</summary>
    /// <exception cref="CakeException">The formatter could not be had, failed, or would change what is only checked.</exception>
    public static void Execute(string root, bool isCheck)
    {
        if (Dotnet.Run(root, "tool", "restore") != 0)
            throw new CakeException("The formatter could not be restored: the reason stands above.");
        if (Dotnet.Run(root, "csharpier", isCheck ? "check" : "format", ".") != 0)
        {
            throw new CakeException(
                isCheck
                    ? "The code is not formatted: run ./build.sh --target=Format."
                    : "The code could not be formatted: the reason stands above."
            );
        }
    }
}

using Cake.Core;

namespace Pipeline.Build;

/// <summary>Builds and starts the program that gives decoders wrong inputs.</summary>
internal static class FuzzRun
{
    /// <summary>Runs it to its end; what it prints is passed through.</summary>
    /// <param name="root">The folder of the project.</param>
    /// <param name="seconds">For how long; null for its default.</param>
    /// <param name="seed">Chooses the inputs; null for its default.</param>
    /// <exception cref="CakeException">It could not be built, or an input failed.</exception>
    public static void Execute(string root, int? seconds, int? seed)
    {
        string[] arguments =
        [
            "run",
            "--project",
            "tests/Fuzz",
            "-c",
            "Release",
            "--",
            .. seconds is { } time ? [$"--seconds={time}"] : (string[])[],
            .. seed is { } choice ? [$"--seed={choice}"] : (string[])[],
        ];
        if (Dotnet.Run(root, arguments) != 0)
            throw new CakeException("Inputs failed, or the program did not come to its end: the reason stands above.");
    }
}

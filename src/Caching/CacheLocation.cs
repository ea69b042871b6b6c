namespace Pipeline.Caching;

/// <summary>Where the cache is.</summary>
public static class CacheLocation
{
    /// <summary>
    /// The folder of the cache: what <c>--cache</c> says, else <c>PIPELINE_CACHE</c>, else <c>$XDG_CACHE_HOME/pipeline</c> or
    /// <c>~/.cache/pipeline</c>, on Windows <c>%LOCALAPPDATA%\pipeline</c>.
    /// </summary>
    /// <param name="given">What <c>--cache</c> says, or null.</param>
    /// <param name="environment">From the name of an environment variable to its value or null.</param>
    /// <param name="onWindows">Whether the conventions of Windows hold.</param>
    /// <exception cref="IOException">None of these says where.</exception>
    public static string Resolve(string? given, Func<string, string?> environment, bool onWindows)
    {
        if ((Given(given) ?? Given(environment("PIPELINE_CACHE"))) is { } path)
            return Path.GetFullPath(path);
        if (onWindows)
            return Path.Combine(Given(environment("LOCALAPPDATA")) ?? throw Unknown("LOCALAPPDATA"), "pipeline");
        // The XDG specification has a relative path ignored.
        var caches = environment("XDG_CACHE_HOME");
        if (!Path.IsPathRooted(caches))
            caches = Path.Combine(Given(environment("HOME")) ?? throw Unknown("HOME"), ".cache");
        return Path.Combine(caches, "pipeline");
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static IOException Unknown(string variable) =>
        new(
            $"There is no folder for the cache, since {variable} is not set; say where with --cache or PIPELINE_CACHE."
        );
}

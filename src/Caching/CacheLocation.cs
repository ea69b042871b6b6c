namespace Pipeline.Caching;

/// <summary>Where the cache is.</summary>
/// <param name="Folder">The folder on this machine.</param>
/// <param name="Address">The address of a shared cache behind it, as it was given; null for none.</param>
public sealed record CacheLocation(string Folder, string? Address)
{
    /// <summary>
    /// What <c>--cache</c> says, else <c>PIPELINE_CACHE</c>. An address leaves the folder to the next of these that names one, at last to
    /// <c>$XDG_CACHE_HOME/pipeline</c> or <c>~/.cache/pipeline</c>, on Windows <c>%LOCALAPPDATA%\pipeline</c>.
    /// </summary>
    /// <param name="given">What <c>--cache</c> says, or null.</param>
    /// <param name="environment">From the name of an environment variable to its value or null.</param>
    /// <param name="onWindows">Whether the conventions of Windows hold.</param>
    /// <exception cref="IOException">None of these says where the folder is, or the variable has a ~ that no shell saw.</exception>
    public static CacheLocation Resolve(string? given, Func<string, string?> environment, bool onWindows)
    {
        string[] places = [.. new[] { given, environment("PIPELINE_CACHE") }.Select(Given).OfType<string>()];
        if (places.FirstOrDefault(place => place is "~" or ['~', '/', ..]) is { } home)
            throw new IOException(
                $"PIPELINE_CACHE={home} is not possible: no shell has put your home folder in the place of ~; write the folder in full."
            );
        return new(
            places.FirstOrDefault(place => !IsAddress(place)) is { } path
                ? Path.GetFullPath(path)
                : Default(environment, onWindows),
            places.FirstOrDefault() is { } first && IsAddress(first) ? first : null
        );
    }

    /// <summary>Whether a text is meant to be an address, not a folder.</summary>
    public static bool IsAddress(string text) => text.Contains("://", StringComparison.Ordinal);

    private static string Default(Func<string, string?> environment, bool onWindows)
    {
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

namespace Pipeline.Caching.Tests;

public sealed class CacheLocationTests
{
    [Theory]
    [InlineData("/given", "HOME=/home/a XDG_CACHE_HOME=/xdg PIPELINE_CACHE=/own", "/given")]
    [InlineData("", "HOME=/home/a XDG_CACHE_HOME=/xdg PIPELINE_CACHE=/own", "/own")]
    [InlineData(null, "HOME=/home/a XDG_CACHE_HOME=/xdg", "/xdg/pipeline")]
    [InlineData(null, "HOME=/home/a XDG_CACHE_HOME=relative", "/home/a/.cache/pipeline")]
    [InlineData(null, "HOME=/home/a XDG_CACHE_HOME=", "/home/a/.cache/pipeline")]
    [InlineData(null, "HOME=/home/a PIPELINE_CACHE=", "/home/a/.cache/pipeline")]
    public void The_most_explicit_word_decides(string? given, string environment, string expected) =>
        Assert.Equal(
            Path.GetFullPath(expected),
            Path.GetFullPath(CacheLocation.Resolve(given, Variables(environment), onWindows: false).Folder)
        );

    [Theory]
    [InlineData("https://host/path", "HOME=/home/a", "/home/a/.cache/pipeline", "https://host/path")]
    [InlineData("https://host/path", "HOME=/home/a PIPELINE_CACHE=/own", "/own", "https://host/path")]
    [InlineData(null, "XDG_CACHE_HOME=/xdg PIPELINE_CACHE=http://host", "/xdg/pipeline", "http://host")]
    [InlineData("/given", "HOME=/home/a PIPELINE_CACHE=http://host", "/given", null)]
    [InlineData("https://a", "XDG_CACHE_HOME=/xdg PIPELINE_CACHE=https://b", "/xdg/pipeline", "https://a")]
    public void An_address_leaves_the_folder_to_what_says_less(
        string? given,
        string environment,
        string folder,
        string? address
    ) =>
        Assert.Equal(
            new CacheLocation(Path.GetFullPath(folder), address),
            CacheLocation.Resolve(given, Variables(environment), onWindows: false)
        );

    [Theory]
    [InlineData("~")]
    [InlineData("~/cache")]
    public void A_home_folder_that_no_shell_has_filled_in_is_refused(string place) =>
        Assert.StartsWith(
            $"PIPELINE_CACHE={place} is not possible: no shell has put your home folder in the place of ~",
            Assert
                .Throws<IOException>(() =>
                    CacheLocation.Resolve(null, Variables($"HOME=/home/a PIPELINE_CACHE={place}"), onWindows: false)
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Windows_has_a_place_of_its_own() =>
        Assert.Equal(
            Path.Combine("/local", "pipeline"),
            CacheLocation.Resolve(null, Variables("LOCALAPPDATA=/local HOME=/home/a"), onWindows: true).Folder
        );

    [Theory]
    [InlineData(
        false,
        "There is no folder for the cache, since HOME is not set; say where with --cache or PIPELINE_CACHE."
    )]
    [InlineData(
        true,
        "There is no folder for the cache, since LOCALAPPDATA is not set; say where with --cache or PIPELINE_CACHE."
    )]
    public void No_place_at_all_is_an_error(bool onWindows, string message) =>
        Assert.Equal(
            message,
            Assert.Throws<IOException>(() => CacheLocation.Resolve(null, Variables(""), onWindows)).Message
        );

    private static Func<string, string?> Variables(string text) =>
        name =>
            text.Split(' ')
                .Where(entry => entry.StartsWith($"{name}=", StringComparison.Ordinal))
                .Select(entry => entry[(name.Length + 1)..])
                .SingleOrDefault();
}

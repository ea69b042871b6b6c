using Microsoft.Playwright;
using Pipeline.Artifacts;
using Pipeline.Stages.Report;

namespace Pipeline.Html.Tests;

/// <summary>A real Chromium, started once, that opens pages from a folder of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Variable = "PIPELINE_CHROMIUM";
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pipeline-html-");
    private readonly Dictionary<StudyTables, byte[]> parts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(int Width, bool IsDark), IBrowserContext> contexts = [];
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Find();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>Opens the page of some studies.</summary>
    /// <param name="address">What stands behind #, such as <c>/small/3</c>.</param>
    /// <param name="studies">The studies.</param>
    /// <param name="width">The window's width in pixels.</param>
    /// <param name="isDark">Whether the reader prefers dark colours.</param>
    internal async Task<OpenPage> Open(string address, StudyTables[] studies, int width = 1280, bool isDark = false)
    {
        var path = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.html");
        await File.WriteAllBytesAsync(path, HtmlReport.Page(studies.Select(Part)));
        if (!contexts.TryGetValue((width, isDark), out var context))
        {
            context = await browser!.NewContextAsync(
                new()
                {
                    ViewportSize = new() { Width = width, Height = 800 },
                    ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
                }
            );
            contexts.Add((width, isDark), context);
        }
        var open = new OpenPage(await context.NewPageAsync());
        await open.Page.GotoAsync($"{new Uri(path).AbsoluteUri}#{address}");
        await open.Page.WaitForSelectorAsync("main h1");
        return open;
    }

    /// <summary>A study's part of a page, made once.</summary>
    internal byte[] Part(StudyTables study)
    {
        if (!parts.TryGetValue(study, out var part))
            parts.Add(study, part = HtmlReport.Study(study, MadeUp.Curves(study), MadeUpImages.Of(study)));
        return part;
    }

    private static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Programs
                .SelectMany(program => folders.Select(place => Path.Combine(place, program)))
                .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"These tests look at the page in Chromium, which is missing: "
                    + $"install it (on Debian: apt-get install chromium), or name its program in {Variable}."
            );
    }
}

/// <summary>A page in the browser, with what went wrong in it and what it asked for.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly List<string> errors = [];
    private readonly List<string> requests = [];

    public OpenPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                errors.Add(message.Text);
        };
        page.PageError += (_, error) => errors.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, and exceptions.</summary>
    public IReadOnlyList<string> Errors => errors;

    /// <summary>What was asked for beside the page itself, which holds no other address.</summary>
    public IEnumerable<string> Requests =>
        requests.Skip(1).Where(url => !url.StartsWith("data:", StringComparison.Ordinal));

    /// <summary>A table by its caption's first words.</summary>
    public ILocator Table(string caption) => Page.GetByRole(AriaRole.Table, new() { Name = caption, Exact = true });

    /// <summary>The texts of a table's column.</summary>
    public async Task<IReadOnlyList<string>> Column(string caption, int column) =>
        await Table(caption).Locator($"tbody tr td:nth-child({column})").AllInnerTextsAsync();

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}

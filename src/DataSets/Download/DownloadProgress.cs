using System.Globalization;
using Pipeline.Progress;
using Pipeline.Stages.Preprocess.DataSets;
using Spectre.Console;

namespace Pipeline.DataSets.Download;

/// <summary>Shows how far the download of some files is: a bar on a terminal, a plain line for each tenth elsewhere.</summary>
/// <param name="name">The data set's name in a study.</param>
/// <param name="files">Its files.</param>
/// <param name="output">Where lines go.</param>
internal sealed class DownloadProgress(string name, IReadOnlyList<PublishedFile> files, TextWriter output)
{
    private readonly Dictionary<PublishedFile, long> come = [];
    private readonly long total = files.Sum(file => file.Length);
    private long lastTenth;
    private ProgressTask? bar;

    /// <summary>Does the work with the display on.</summary>
    public void Show(Action work) =>
        ProgressBar.Show(
            Running,
            total,
            started =>
            {
                bar = started;
                work();
            }
        );

    /// <summary>Says that so many bytes of a file have come.</summary>
    public void At(PublishedFile file, long length)
    {
        come[file] = length;
        var now = come.Values.Sum();
        var tenth = 10 * now / total;
        if (bar is not null)
            (bar.Value, bar.Description) = (now, Running);
        else if (tenth > lastTenth)
            output.WriteLine(Line($"{Size(now)} of {Size(total)}"));
        lastTenth = tenth;
    }

    /// <summary>Says something else.</summary>
    public void Tell(string text)
    {
        if (bar is not null)
            bar.Description = Markup.Escape(Line(text));
        else
            output.WriteLine(Line(text));
    }

    /// <summary>A number of bytes as text.</summary>
    public static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0#} MB");

    private string Running => Markup.Escape(Line("downloading"));

    private string Line(string text) => $"dataset {name}: {text}";
}

using System.Globalization;
using System.Text;
using Pipeline.Stages.Report;

namespace Pipeline.Flow;

/// <summary>The entry of a study that is done, keyed by all that its report was made from: with it, no stage needs a look.</summary>
/// <param name="Runs">The number of its runs.</param>
/// <param name="Diverged">How many of them diverged.</param>
/// <param name="Outputs">The outputs of its report.</param>
internal sealed record Finished(int Runs, int Diverged, IReadOnlyDictionary<string, byte[]> Outputs)
{
    /// <summary>The output that holds the digests of the keys on which the entry rests, a line each.</summary>
    public const string NeedsOutput = "needs";

    private const string CountsOutput = "counts";

    /// <summary>The stage of a study's entry.</summary>
    /// <param name="provenance">What its report was made from.</param>
    /// <param name="reproduction">What makes it again.</param>
    public static Stage Of(SortedDictionary<string, string> provenance, Reproduction reproduction) =>
        new()
        {
            Name = "study",
            Slot = "study",
            Inputs =
            [
                .. provenance.Select(part => StageInput.Of(part.Key, part.Value)),
                .. Report.Command(reproduction),
            ],
        };

    /// <summary>The entry that was found; null where there is none, or what stands there is none.</summary>
    public static Finished? Read(Evaluated found)
    {
        if (
            found.Files is not { } files
            || !files.ContainsKey(ReportOutputs.PageOutput)
            || !files.TryGetValue(CountsOutput, out var counts)
            || Encoding.UTF8.GetString(counts).Split(' ') is not [var runs, var diverged]
            || !int.TryParse(runs, NumberStyles.None, CultureInfo.InvariantCulture, out var all)
            || !int.TryParse(diverged, NumberStyles.None, CultureInfo.InvariantCulture, out var some)
        )
            return null;
        return new(
            all,
            some,
            files.Where(file => file.Key is not (CountsOutput or NeedsOutput)).ToDictionary(StringComparer.Ordinal)
        );
    }

    /// <summary>The outputs of the entry.</summary>
    /// <param name="needs">The digests of the keys on which it rests.</param>
    public IReadOnlyDictionary<string, byte[]> Write(IEnumerable<string> needs) =>
        new Dictionary<string, byte[]>(Outputs, StringComparer.Ordinal)
        {
            [CountsOutput] = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Runs} {Diverged}")),
            [NeedsOutput] = Encoding.ASCII.GetBytes(string.Join('\n', needs.Order(StringComparer.Ordinal))),
        };
}

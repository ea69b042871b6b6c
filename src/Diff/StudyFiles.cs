using Pipeline.Artifacts;
using Pipeline.Results;

namespace Pipeline.Diff;

/// <summary>What a comparison asks of the files of a study's results.</summary>
internal static class StudyFiles
{
    private static readonly string[] Tables = [ResultFiles.Runs, ResultFiles.Cells, ResultFiles.Claims];
    private static readonly string[] Always = [.. Tables, ResultFiles.Manifest];

    extension(StudyResults results)
    {
        /// <summary>What made the results, and what they are; null where there is no manifest.</summary>
        /// <exception cref="PipelineException">It is damaged.</exception>
        public Manifest? ManifestIfAny => results.Has(ResultFiles.Manifest) ? results.Manifest : null;

        /// <summary>Whether runs, cells and claims are those of other results, byte for byte.</summary>
        public bool HasTablesOf(StudyResults other) => Tables.All(name => Equal(results.Find(name), other.Find(name)));

        /// <summary>The names of the files that differ, of those that a report consists of.</summary>
        public IReadOnlyList<string> Differing(StudyResults other)
        {
            var names = new SortedSet<string>(
                [.. Always, .. Reported(results), .. Reported(other)],
                StringComparer.Ordinal
            );
            return [.. names.Where(name => !Equal(results.Find(name), other.Find(name)))];
        }
    }

    private static IEnumerable<string> Reported(StudyResults results) => results.ManifestIfAny?.Files.Keys ?? [];

    private static bool Equal(byte[]? x, byte[]? y) => x is null || y is null ? x == y : x.AsSpan().SequenceEqual(y);
}

using Pipeline.Artifacts;

namespace Pipeline.Flow;

/// <summary>The outputs of a study's report.</summary>
/// <param name="All">Bytes by name.</param>
internal sealed record ReportOutputs(IReadOnlyDictionary<string, byte[]> All)
{
    /// <summary>The output that is no file of the study's folder.</summary>
    public const string PageOutput = "page";

    /// <summary>The files of the study's folder.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; } =
        All.Where(output => output.Key != PageOutput).ToDictionary(StringComparer.Ordinal);

    /// <summary>The study's part of the page of all studies.</summary>
    /// <exception cref="PipelineException">What the cache holds is no report.</exception>
    public byte[] Page =>
        All.TryGetValue(PageOutput, out var page)
            ? page
            : throw new PipelineException("The cache's entry of a report has no page: run --target=Report --force.");
}

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
    public byte[] Page => All[PageOutput];
}

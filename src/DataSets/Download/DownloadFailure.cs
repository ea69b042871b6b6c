namespace Pipeline.DataSets.Download;

/// <summary>Why a file has not come.</summary>
/// <param name="What">What happened, without a full stop, to be part of a sentence.</param>
/// <param name="IsFinal">Whether another attempt would end the same way.</param>
internal sealed record DownloadFailure(string What, bool IsFinal)
{
    /// <summary>A failure that another attempt may mend.</summary>
    public static DownloadFailure ForNow(string what) => new(what, IsFinal: false);

    /// <summary>A failure that no other attempt would mend.</summary>
    public static DownloadFailure ForGood(string what) => new(what, IsFinal: true);
}

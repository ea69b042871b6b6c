namespace Pipeline.DataSets;

/// <summary>Where the data sets of a command are. Paths are absolute.</summary>
/// <param name="Root">The folder of the project.</param>
/// <param name="Data">A folder that is looked at first; null for none.</param>
/// <param name="Cache">The cache's folder.</param>
/// <param name="CacheIsReadOnly">Whether nothing is to be downloaded to it.</param>
internal sealed record DataSetPlaces(string Root, string? Data, string Cache, bool CacheIsReadOnly)
{
    /// <summary>The folder of the project's own data sets.</summary>
    private string Own => Path.Combine(Root, "experiments", "data");

    /// <summary>The folders of descriptions of data sets, the first of two of one name winning.</summary>
    public IReadOnlyList<string> Descriptions => Data is null ? [Own] : [Data, Own];

    /// <summary>The folder to which data sets are downloaded.</summary>
    public string Downloads => Path.Combine(Cache, "data");

    /// <summary>The folders that are looked at: what the user names, the project's own data, the system's, what was downloaded.</summary>
    public IReadOnlyList<string> Folders =>
        [.. Descriptions, "/usr/share/datasets", "/usr/local/share/datasets", Downloads];
}

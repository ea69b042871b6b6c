namespace Pipeline.Fuzz.Targets;

/// <summary>All decoders of what a project may get from elsewhere.</summary>
internal static class AllTargets
{
    /// <summary>The targets, which write beside their inputs in a folder.</summary>
    public static IEnumerable<FuzzTarget> In(string folder) =>
        [
            .. StudyTargets.In(folder),
            .. DataTargets.In(folder),
            .. ArtifactTargets.All(),
            .. CheckpointTargets.In(folder),
            .. CacheTargets.In(folder),
            .. ResultTargets.All(),
        ];
}

namespace Pipeline.Stages.Expand;

/// <summary>The keys at the top of a study's file.</summary>
internal static class StudyKeys
{
    public const string Title = "title";
    public const string Question = "question";
    public const string Source = "source";
    public const string Default = "default";
    public const string DataSet = "dataset";
    public const string Probes = "probes";
    public const string Fixed = "fixed";
    public const string Scientific = "scientific";
    public const string Nuisance = "nuisance";
    public const string Seeds = "seeds";
    public const string Exclude = "exclude";
    public const string Claims = "claims";
    public const string Plots = "plots";

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Title,
        ExtendsLine.Key,
        Question,
        Source,
        Default,
        DataSet,
        Probes,
        Fixed,
        Scientific,
        Nuisance,
        Seeds,
        Exclude,
        Claims,
        Plots,
    ];

    /// <summary>The key of a section.</summary>
    public static string Of(Section section) =>
        section switch
        {
            Section.Scientific => Scientific,
            Section.Nuisance => Nuisance,
            _ => Fixed,
        };
}

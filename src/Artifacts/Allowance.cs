namespace Pipeline.Artifacts;

/// <summary>
/// Something in a data set's files that is a mistake mostly and refused, unless its description says by <c>allow:</c> that it is meant.
/// </summary>
/// <param name="Name">The name in a description.</param>
/// <param name="Meaning">What it allows, as the end of a sentence.</param>
public sealed record Allowance(string Name, string Meaning)
{
    /// <summary>Classes by the names of missing values.</summary>
    public static Allowance MissingLabels { get; } =
        new("missing_labels", "NA, NaN, null, None, ? and the like are classes");

    /// <summary>A header that leaves a column without a name.</summary>
    public static Allowance UnnamedColumn { get; } =
        new("unnamed_column", "a column without name is a column like others");

    /// <summary>A feature that counts the rows.</summary>
    public static Allowance RowNumbers { get; } = new("row_numbers", "a column that counts the rows is a feature");

    /// <summary>A first row that reads like a header.</summary>
    public static Allowance FirstRowLikeHeader { get; } =
        new("first_row_like_header", "a first row that reads like a header is a sample");

    /// <summary>A header of numbers that don't ascend.</summary>
    public static Allowance HeaderOfNumbers { get; } = new("header_of_numbers", "a header may hold numbers only");

    /// <summary>Classes such as 1,5.</summary>
    public static Allowance DecimalCommas { get; } = new("decimal_commas", "a class may be a number with a comma");

    /// <summary>More classes than half of the rows.</summary>
    public static Allowance ManyClasses { get; } =
        new("many_classes", "there may be more classes than half of the rows");

    /// <summary>Labels that leave numbers out.</summary>
    public static Allowance ClassGaps { get; } =
        new("class_gaps", "labels may leave numbers out, and those that occur are the classes, in their order");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Allowance> All { get; } =
    [
        MissingLabels,
        UnnamedColumn,
        RowNumbers,
        FirstRowLikeHeader,
        HeaderOfNumbers,
        DecimalCommas,
        ManyClasses,
        ClassGaps,
    ];

    /// <summary>The end of a refusal: how it is allowed.</summary>
    public string Hint => $"write allow: {Name} in the description if it is meant";
}

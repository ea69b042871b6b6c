namespace Pipeline.Artifacts;

/// <summary>What the tables of results have for values that are no text of their own.</summary>
public static class TableText
{
    /// <summary>What stands in a column of numbers where there is none.</summary>
    public const string NoNumber = "NaN";

    /// <summary>What stands in a column of <c>true</c> and <c>false</c> for true.</summary>
    public const string True = "true";

    /// <summary>What stands in a column of <c>true</c> and <c>false</c> for false.</summary>
    public const string False = "false";
}

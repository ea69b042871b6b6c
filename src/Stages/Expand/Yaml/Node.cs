using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Expand.Yaml;

/// <summary>A value of a study's file, with the place where it stands.</summary>
internal abstract record Node(Place Place)
{
    /// <summary>What the value is, as the end of a sentence: <c>the text 'abc'</c>, <c>a list</c>.</summary>
    public abstract string Description { get; }
}

/// <summary>Several values in order.</summary>
internal sealed record ListNode(Place Place, IReadOnlyList<Node> Items) : Node(Place)
{
    public override string Description => Items.Count == 0 ? "an empty list" : "a list";
}

/// <summary>Values by key, in the order of the file, all keys different.</summary>
internal sealed record MapNode(Place Place, IReadOnlyList<MapEntry> Entries) : Node(Place)
{
    public override string Description => Entries.Count == 0 ? "an empty map" : "a map";

    /// <summary>The entry of a key, or null.</summary>
    public MapEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>A key of a map, where it stands, and its value.</summary>
internal sealed record MapEntry(string Key, Place Place, Node Value);

/// <summary>
/// A single value. YAML's core schema says what a text without quotes is, with two cuts against surprises: truth values are
/// <c>true</c> and <c>false</c> alone, and a number is decimal, finite and has no leading zero.
/// </summary>
internal sealed record ScalarNode(Place Place, string Text, bool IsQuoted = false) : Node(Place)
{
    /// <summary>The value, or null where there is none.</summary>
    public Scalar? Value { get; } = IsQuoted ? Scalar.Of(Text) : Plain(Text);

    /// <inheritdoc/>
    public override string Description =>
        this switch
        {
            { Value: null } => "nothing",
            { Value.IsNumber: true } => $"the number {Quotation.Cut(Text)}",
            { Value.IsText: false } => Text,
            { IsQuoted: true } when Plain(Text) is { IsText: false } =>
                $"the text {Quotation.Of(Text)} (take its quotes away)",
            _ => $"the text {Quotation.Of(Text)}",
        };

    private static Scalar? Plain(string text) =>
        text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" => Scalar.Of(true),
            "false" => Scalar.Of(false),
            _ => Number(text) ?? Scalar.Of(text),
        };

    private static Scalar? Number(string text)
    {
        if (text.AsSpan().TrimStart("+-") is ['0', >= '0' and <= '9', ..])
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return Scalar.Of(whole);
        const NumberStyles Styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Scalar.Of(number)
            : null;
    }
}

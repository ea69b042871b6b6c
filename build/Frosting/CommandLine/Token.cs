namespace Cake.Frosting;

internal enum TokenKind
{
    /// <summary><c>--name</c></summary>
    LongOption,

    /// <summary>One letter of <c>-n</c>.</summary>
    ShortOption,

    /// <summary>A value, after a separator or alone.</summary>
    Text,

    /// <summary><c>--</c> alone: nothing after it is the host's.</summary>
    EndOfOptions,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">The name without dashes, or the value.</param>
/// <param name="IsAttached">A value that followed <c>=</c> or <c>:</c>.</param>
/// <param name="IsGrouped">A letter of several behind one dash (<c>-et</c>): such a one takes no value.</param>
internal readonly record struct Token(TokenKind Kind, string Text, bool IsAttached = false, bool IsGrouped = false);

using System.Text.Json;

namespace Pipeline.Artifacts;

/// <summary>How the values of enumerations are written, verdicts above all.</summary>
public static class EnumText
{
    /// <summary>As artifacts and tables have it: <c>not_evaluated</c>.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>As a sentence has it: <c>not evaluated</c>.</summary>
    public static string Words<T>(T value)
        where T : struct, Enum => Name(value).Replace('_', ' ');
}

namespace Cake.Frosting;

/// <summary>The text of <c>--help</c>.</summary>
internal static class HelpText
{
    public static IEnumerable<string> Lines(string program)
    {
        yield return "USAGE:";
        yield return $"    {program} [OPTIONS] [--name=value …]";
        yield return "";
        yield return "OPTIONS:";
        var entries = Array.ConvertAll(HostOption.All, o => (Names: Names(o), o.Summary));
        var width = entries.Max(e => e.Names.Length);
        foreach (var (names, summary) in entries)
            yield return $"    {names.PadRight(width)}    {summary}";
        yield return "";
        yield return "Options of other names go to the tasks.";
    }

    private static string Names(HostOption option)
    {
        var shortName = Array.Find(option.Names, n => n.Length == 2);
        var names = shortName is null ? "    " + option.Names[0] : $"{shortName}, {option.Names[0]}";
        return option.Value is null ? names : $"{names}={option.Value}";
    }
}

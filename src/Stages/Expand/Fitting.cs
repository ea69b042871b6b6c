using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>Reads what a study says of its runs after the command line has changed their parameters.</summary>
internal static class Fitting
{
    /// <summary>The items of a list that can still be read; null where there is no list.</summary>
    public static IReadOnlyList<T>? Items<T>(Node? list, Func<Node, T> read)
        where T : class
    {
        if (list is not ListNode { Items: var items })
            return null;
        var fitting = new List<T>();
        foreach (var item in items)
        {
            try
            {
                fitting.Add(read(item));
            }
            catch (StudyException)
            {
                // It was read before, with the parameters as they are written.
            }
        }
        return fitting;
    }
}

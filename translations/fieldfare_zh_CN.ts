<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>BuiltInViews</name>
    <message>
        <source>All %1</source>
        <translation>全部%1</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>未结%1</translation>
    </message>
    <message>
        <source>My %1</source>
        <translation>我的%1</translation>
    </message>
    <message>
        <source>Not assigned</source>
        <translation>未分配</translation>
    </message>
    <message>
        <source>Due by today</source>
        <translation>今天到期</translation>
    </message>
    <message>
        <source>No contact, 30 days</source>
        <translation>30 天未联系</translation>
    </message>
    <message>
        <source>Recently changed</source>
        <translation>最近修改</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
</context>
<context>
    <name>Catalog</name>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Part of</source>
        <translation>隶属</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>The field&apos;s number, or the id of a custom field&apos;s definition.</source>
        <translation>字段编号，或自定义字段定义的标识。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>Later to arrive</source>
        <translation>后到的值</translation>
    </message>
    <message>
        <source>First to arrive</source>
        <translation>先到的值</translation>
    </message>
    <message>
        <source>Later by</source>
        <translation>后到者</translation>
    </message>
    <message>
        <source>First by</source>
        <translation>先到者</translation>
    </message>
    <message>
        <source>Later edited</source>
        <translation>后到修改时间</translation>
    </message>
    <message>
        <source>First edited</source>
        <translation>先到修改时间</translation>
    </message>
    <message>
        <source>Later on</source>
        <translation>后到设备</translation>
    </message>
    <message>
        <source>First on</source>
        <translation>先到设备</translation>
    </message>
    <message>
        <source>Shown now</source>
        <translation>当前显示</translation>
    </message>
    <message>
        <source>Time uncertain</source>
        <translation>时间不确定</translation>
    </message>
    <message>
        <source>Resolved by</source>
        <translation>处理人</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Job title</source>
        <translation>职务</translation>
    </message>
    <message>
        <source>Role in the decision</source>
        <translation>决策角色</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation>出生日期</translation>
    </message>
    <message>
        <source>Gender</source>
        <translation>性别</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>所属</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>List of choices</source>
        <translation>选项列表</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>In lists</source>
        <translation>在列表中显示</translation>
    </message>
    <message>
        <source>Searchable</source>
        <translation>可搜索</translation>
    </message>
    <message>
        <source>Longest text</source>
        <translation>最大长度</translation>
    </message>
    <message>
        <source>Custom field</source>
        <translation>自定义字段</translation>
    </message>
    <message>
        <source>Custom fields</source>
        <translation>自定义字段</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Mobile phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Second e-mail</source>
        <translation>备用邮箱</translation>
    </message>
    <message>
        <source>Web site</source>
        <translation>网站</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Street, town, region, post code and country, merged as one.</source>
        <translation>街道、城市、地区、邮编和国家，作为一个整体合并。</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Industry</source>
        <translation>行业</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>需求</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>The company that this one belongs to.</source>
        <translation>该公司所隶属的公司。</translation>
    </message>
    <message>
        <source>Annual revenue</source>
        <translation>年收入</translation>
    </message>
    <message>
        <source>Employees</source>
        <translation>员工数</translation>
    </message>
    <message>
        <source>Founded</source>
        <translation>成立年份</translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation>上次联系</translation>
    </message>
    <message>
        <source>Open deals</source>
        <translation>未结商机</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>销售流程</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Probability, %</source>
        <translation>赢单率（%）</translation>
    </message>
    <message>
        <source>Expected close</source>
        <translation>预计成交</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>关闭日期</translation>
    </message>
    <message>
        <source>Competitors</source>
        <translation>竞争对手</translation>
    </message>
    <message>
        <source>Lost reason</source>
        <translation>输单原因</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>创建日期</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Deal</source>
        <translation>商机</translation>
    </message>
    <message>
        <source>Deals</source>
        <translation>商机</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Next step due</source>
        <translation>下一步日期</translation>
    </message>
    <message>
        <source>By</source>
        <translation>执行人</translation>
    </message>
    <message>
        <source>Interaction</source>
        <translation>往来</translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation>往来</translation>
    </message>
    <message>
        <source>Name in Chinese</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>Pipelines</source>
        <translation>销售流程</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Tagging</source>
        <translation>标签关联</translation>
    </message>
    <message>
        <source>Taggings</source>
        <translation>标签关联</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Assignee</source>
        <translation>处理人</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Sign-in name</source>
        <translation>登录名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>(language)</source>
        <translation>zh_CN</translation>
    </message>
    <message>
        <source>Kind of record</source>
        <translation>记录类型</translation>
    </message>
    <message>
        <source>May change</source>
        <translation>可修改</translation>
    </message>
    <message>
        <source>May remove</source>
        <translation>可删除</translation>
    </message>
    <message>
        <source>May create</source>
        <translation>可新建</translation>
    </message>
    <message>
        <source>May export</source>
        <translation>可导出</translation>
    </message>
    <message>
        <source>Right of a role</source>
        <translation>角色权限</translation>
    </message>
    <message>
        <source>Rights of roles</source>
        <translation>角色权限</translation>
    </message>
    <message>
        <source>May see</source>
        <translation>可查看</translation>
    </message>
    <message>
        <source>Sees the pool</source>
        <translation>可见公海</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>&quot;%1&quot; is not a whole number</source>
        <translation>“%1”不是整数</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a number</source>
        <translation>“%1”不是数字</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a number in range</source>
        <translation>“%1”超出数字范围</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an amount</source>
        <translation>“%1”不是金额</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a date</source>
        <translation>“%1”不是日期</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a date or time</source>
        <translation>“%1”不是日期或时间</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a value of this field</source>
        <translation>“%1”不是该字段可用的值</translation>
    </message>
    <message>
        <source>%1 cannot be imported: the program sets it</source>
        <translation>%1 不能导入：由程序设定</translation>
    </message>
    <message>
        <source>two columns are mapped to %1</source>
        <translation>有两列都对应到 %1</translation>
    </message>
    <message>
        <source>the file has no column %1</source>
        <translation>文件中没有列 %1</translation>
    </message>
    <message>
        <source>no column of the file is a field of %1; name them with --map COLUMN=FIELD</source>
        <translation>文件中没有一列是 %1 的字段；请用 --map COLUMN=FIELD 指定</translation>
    </message>
    <message>
        <source>no column holds the key %1</source>
        <translation>没有一列包含键 %1</translation>
    </message>
    <message>
        <source>the import was cancelled</source>
        <translation>导入已取消</translation>
    </message>
    <message>
        <source>%1 holds no records</source>
        <translation>%1 中没有记录</translation>
    </message>
    <message>
        <source>the heading of %1 cannot be read</source>
        <translation>无法读取 %1 的标题行</translation>
    </message>
    <message>
        <source>%1 cannot be the key: it is a choice or a reference</source>
        <translation>%1 不能作为键：它是选项或引用</translation>
    </message>
    <message>
        <source>%1: several records are called &quot;%2&quot;</source>
        <translation>%1：有多条记录叫“%2”</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not known</source>
        <translation>%1：没有“%2”</translation>
    </message>
    <message>
        <source>; left empty</source>
        <translation>；留空</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an id</source>
        <translation>“%1”不是 ID</translation>
    </message>
    <message>
        <source>several records have this key</source>
        <translation>有多条记录使用这个键</translation>
    </message>
    <message>
        <source>fewer columns than the heading</source>
        <translation>列数少于标题行</translation>
    </message>
    <message>
        <source>more columns than the heading</source>
        <translation>列数多于标题行</translation>
    </message>
    <message>
        <source>rounded to the decimals that fit</source>
        <translation>已按可用小数位四舍五入</translation>
    </message>
    <message>
        <source>%1: a value is required</source>
        <translation>%1：必须填写</translation>
    </message>
    <message>
        <source>too many columns</source>
        <translation>列数过多</translation>
    </message>
    <message>
        <source>a field is too long</source>
        <translation>某个字段过长</translation>
    </message>
    <message>
        <source>the record is too long</source>
        <translation>记录过长</translation>
    </message>
    <message>
        <source>text follows a closing quotation mark</source>
        <translation>右引号之后还有文字</translation>
    </message>
    <message>
        <source>a quotation mark is not closed</source>
        <translation>引号没有闭合</translation>
    </message>
    <message>
        <source>the record cannot be read</source>
        <translation>无法读取该记录</translation>
    </message>
    <message>
        <source>%1: %2 characters, at most %3 fit</source>
        <translation>%1：共 %2 个字符，最多 %3 个</translation>
    </message>
    <message>
        <source>%1: not a value of this type</source>
        <translation>%1：值的类型不符</translation>
    </message>
    <message>
        <source>%1: %2 is out of range</source>
        <translation>%1：%2 超出范围</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not an e-mail address; it needs a name, @ and a domain with a dot</source>
        <translation>%1：“%2”不是电子邮件地址；需要名称、@ 和带点的域名</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not a web address</source>
        <translation>%1：“%2”不是网址</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not a phone number; it needs 3 to 30 digits</source>
        <translation>%1：“%2”不是电话号码；需要 3 到 30 位数字</translation>
    </message>
    <message>
        <source>%1: may not point to this kind of record</source>
        <translation>%1：不能指向这类记录</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not a currency code</source>
        <translation>%1：“%2”不是货币代码</translation>
    </message>
    <message>
        <source>and, or, or the end</source>
        <translation>and、or 或结尾</translation>
    </message>
    <message>
        <source>fewer brackets within each other</source>
        <translation>更少的嵌套括号</translation>
    </message>
    <message>
        <source>a closing bracket</source>
        <translation>右括号</translation>
    </message>
    <message>
        <source>the name of a field</source>
        <translation>字段名</translation>
    </message>
    <message>
        <source>a bracket with values</source>
        <translation>带值的括号</translation>
    </message>
    <message>
        <source>an operator (= != &lt; &lt;= &gt; &gt;= contains startswith in is-empty)</source>
        <translation>运算符（= != &lt; &lt;= &gt; &gt;= contains startswith in is-empty）</translation>
    </message>
    <message>
        <source>a value (in quotation marks when it has spaces)</source>
        <translation>值（含空格时加引号）</translation>
    </message>
    <message>
        <source>at most %1 characters</source>
        <translation>最多 %1 个字符</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>结尾</translation>
    </message>
    <message>
        <source>at %1, before %2: expected %3</source>
        <translation>位置 %1，%2 之前：应为%3</translation>
    </message>
    <message>
        <source>a closing %1</source>
        <translation>闭合的 %1</translation>
    </message>
    <message>
        <source>%1 cannot be compared by %2</source>
        <translation>%1 不能用 %2 比较</translation>
    </message>
    <message>
        <source>rows cannot be sorted by %1</source>
        <translation>不能按 %1 排序</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no sort order; at most %2 of field, field:desc</source>
        <translation>“%1”不是排序方式；最多 %2 个，写作 field 或 field:desc</translation>
    </message>
    <message>
        <source>several records of %1 match; give an id or number</source>
        <translation>有多条 %1 记录符合；请给出 ID 或编号</translation>
    </message>
    <message>
        <source>--map takes COLUMN=FIELD, not %1</source>
        <translation>--map 应写作 COLUMN=FIELD，而不是 %1</translation>
    </message>
    <message>
        <source>--unknown takes FIELD=create, FIELD=empty or FIELD=reject, not %1</source>
        <translation>--unknown 应写作 FIELD=create、FIELD=empty 或 FIELD=reject，而不是 %1</translation>
    </message>
    <message>
        <source>the same command goes on with it; undo takes it back</source>
        <translation>再次运行同一命令会继续；undo 可撤销</translation>
    </message>
    <message>
        <source>export to %1 is not available: use --format csv or --format json</source>
        <translation>不能导出为 %1：请用 --format csv 或 --format json</translation>
    </message>
    <message>
        <source>--limit needs a number from 1</source>
        <translation>--limit 需要从 1 开始的数字</translation>
    </message>
    <message>
        <source>no profile there; init makes one</source>
        <translation>那里没有配置；可用 init 创建</translation>
    </message>
    <message>
        <source>the program that has the profile open went away; look whether it was done</source>
        <translation>打开该配置的程序已退出；请看看操作是否已完成</translation>
    </message>
    <message>
        <source>%1.%2 is set by the program</source>
        <translation>%1.%2 由程序设定</translation>
    </message>
    <message>
        <source>several records are called &quot;%1&quot;: name one by its number or id</source>
        <translation>有多条记录叫“%1”：请用编号或 ID 指定</translation>
    </message>
    <message>
        <source>%1 is to point to it</source>
        <translation>%1 要指向它</translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation>可选：%1</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not FIELD=VALUE</source>
        <translation>“%1”不是 FIELD=VALUE</translation>
    </message>
    <message>
        <source>several conflicts begin with %1</source>
        <translation>有多个冲突以 %1 开头</translation>
    </message>
    <message>
        <source>no such conflict</source>
        <translation>没有这个冲突</translation>
    </message>
    <message>
        <source>this conflict takes only --keep mine or --keep theirs</source>
        <translation>这个冲突只接受 --keep mine 或 --keep theirs</translation>
    </message>
    <message>
        <source>undo takes the number of actions, from 1</source>
        <translation>undo 需要操作的个数，从 1 开始</translation>
    </message>
    <message>
        <source>the server was restored: nothing could be handed in</source>
        <translation>服务器已从备份恢复，没有提交任何内容</translation>
    </message>
    <message>
        <source>the server knows another history of this profile: nothing could be handed in</source>
        <translation>服务器记录的此配置的历史与本机不同，没有提交任何内容</translation>
    </message>
    <message>
        <source>only a part could be handed in: the rest did not fit</source>
        <translation>只提交了一部分，其余超出限额</translation>
    </message>
    <message>
        <source>only a part was handed in: the rest stays on this computer</source>
        <translation>只提交了一部分，其余保留在本机</translation>
    </message>
    <message>
        <source>%1 cannot be changed: the program sets it</source>
        <translation>%1 不能修改：由程序设定</translation>
    </message>
    <message>
        <source>bringing the profile up to date: %1 %</source>
        <translation>正在更新配置：%1 %</translation>
    </message>
    <message>
        <source>The company has another recovery key: %1. This profile stays sealed to the former one until you have compared the fingerprint with an administrator and said: recover accept %1</source>
        <translation>公司换了恢复密钥：%1。请先与管理员核对指纹，再执行 recover accept %1；在此之前，本配置仍然封存给原来的密钥。</translation>
    </message>
    <message>
        <source>this profile is not sealed to a company&apos;s recovery key: it stands alone, or the company has none, or there was no sync since it has one, or none with this version of the program. Without the passphrase nobody can open it.</source>
        <translation>本配置没有封存给公司的恢复密钥：它是单机的，或者公司没有恢复密钥，或者公司有了之后还没有同步过，或者还没有用本版本的程序同步过。没有口令，谁也打不开它。</translation>
    </message>
    <message>
        <source>Send %1 to two administrators. Each will call you: read out this fingerprint, and give it to nobody who cannot say who they are:
  %2
Keep this profile as it is; the answer goes into: recover finish ANSWER</source>
        <translation>请把 %1 发给两位管理员。他们各自会给您打电话：把下面的指纹念给对方，说不清自己身份的人不要告诉：
  %2
请保持本配置不动；收到答复后执行：recover finish 答复文件</translation>
    </message>
    <message>
        <source>The profile opens with the new passphrase. All that was not sent yet is still there; sync sends it.</source>
        <translation>本配置现在用新口令打开。尚未发送的内容都还在，同步时会发送。</translation>
    </message>
    <message>
        <source>The request is void: an answer to it opens nothing.</source>
        <translation>申请已作废：对它的答复什么也打不开。</translation>
    </message>
    <message>
        <source>No request waits here.</source>
        <translation>这里没有等待答复的申请。</translation>
    </message>
    <message>
        <source>A forgotten passphrase can be replaced by two administrators (recovery key %1).</source>
        <translation>忘记口令时，可由两位管理员更换（恢复密钥 %1）。</translation>
    </message>
    <message>
        <source>A forgotten passphrase could not be replaced: the profile is not sealed to a company&apos;s recovery key.</source>
        <translation>忘记口令时无法更换：本配置没有封存给公司的恢复密钥。</translation>
    </message>
    <message>
        <source>A request waits for its answer.</source>
        <translation>有一份申请正在等待答复。</translation>
    </message>
    <message>
        <source>The profile is sealed to the recovery key %1 from now on.</source>
        <translation>本配置从现在起封存给恢复密钥 %1。</translation>
    </message>
    <message>
        <source>no recovery key with this fingerprint waits to be accepted</source>
        <translation>没有带此指纹的恢复密钥在等待确认</translation>
    </message>
    <message>
        <source>tries left before a wait of %1 min: %2</source>
        <translation>还可以再试 %2 次，之后需要等待 %1 分钟</translation>
    </message>
    <message>
        <source>the next try is possible in %1 s</source>
        <translation>%1 秒后才能再试</translation>
    </message>
    <message>
        <source>the role of this user may not export %1</source>
        <translation>此用户的角色不能导出 %1</translation>
    </message>
    <message>
        <source>%1: the role of this user may not do this to it</source>
        <translation>%1：此用户的角色不能对它这样做</translation>
    </message>
</context>
<context>
    <name>DisplayText</name>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分钟</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 万</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>%1 h %2</source>
        <comment>hours and minutes left</comment>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
    <message>
        <source>Synced just now</source>
        <translation>刚刚已同步</translation>
    </message>
    <message>
        <source>Synced %1 ago</source>
        <translation>%1前已同步</translation>
    </message>
    <message>
        <source>−%1</source>
        <comment>overdue by</comment>
        <translation>逾期 %1</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有任何改动。</translation>
    </message>
    <message>
        <source>Your edits are kept on this computer and wait for the next sync.</source>
        <translation>您的修改保存在本机，等待下次同步。</translation>
    </message>
    <message>
        <source>The data file was not touched.</source>
        <translation>数据文件未受影响。</translation>
    </message>
    <message>
        <source>Something went wrong inside the program.</source>
        <translation>程序内部出错。</translation>
    </message>
    <message>
        <source>Try again; if it happens again, report it with the details.</source>
        <translation>请重试；如果再次出现，请连同详情一起报告。</translation>
    </message>
    <message>
        <source>The work was cancelled.</source>
        <translation>操作已取消。</translation>
    </message>
    <message>
        <source>What was done before stays done.</source>
        <translation>此前完成的部分已保留。</translation>
    </message>
    <message>
        <source>Start it again to go on.</source>
        <translation>重新开始即可继续。</translation>
    </message>
    <message>
        <source>The request cannot be carried out as it is.</source>
        <translation>该请求无法照此执行。</translation>
    </message>
    <message>
        <source>Correct it and try again.</source>
        <translation>请更正后重试。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; was not found.</source>
        <translation>找不到“%1”。</translation>
    </message>
    <message>
        <source>Check the name, number or path.</source>
        <translation>请检查名称、编号或路径。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; exists already.</source>
        <translation>“%1”已存在。</translation>
    </message>
    <message>
        <source>Choose another one, or use the one that is there.</source>
        <translation>请换一个，或使用已有的。</translation>
    </message>
    <message>
        <source>This program cannot do that.</source>
        <translation>本程序无法执行此操作。</translation>
    </message>
    <message>
        <source>Choose another way.</source>
        <translation>请换一种方式。</translation>
    </message>
    <message>
        <source>A file could not be read or written: %1.</source>
        <translation>文件无法读取或写入：%1。</translation>
    </message>
    <message>
        <source>What was saved before is safe.</source>
        <translation>此前保存的内容完好。</translation>
    </message>
    <message>
        <source>Check the disk or drive and try again.</source>
        <translation>请检查磁盘或驱动器后重试。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>What was saved before is safe; the last change was not saved.</source>
        <translation>此前保存的内容完好；最后一次修改未保存。</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>请释放一些空间后重试。</translation>
    </message>
    <message>
        <source>The system does not allow access to %1.</source>
        <translation>系统不允许访问 %1。</translation>
    </message>
    <message>
        <source>Check who owns the file or folder.</source>
        <translation>请检查该文件或文件夹的所有者。</translation>
    </message>
    <message>
        <source>The profile is in use by another program (process %1, %2).</source>
        <translation>该资料正被另一个程序使用（进程 %1，%2）。</translation>
    </message>
    <message>
        <source>Close that program, or wait until it is done.</source>
        <translation>请关闭该程序，或等待其完成。</translation>
    </message>
    <message>
        <source>The passphrase is wrong.</source>
        <translation>口令不正确。</translation>
    </message>
    <message>
        <source>Type it again; mind the keyboard layout and capital letters.</source>
        <translation>请重新输入；注意键盘布局和大小写。</translation>
    </message>
    <message>
        <source>The passphrase is too easy to guess.</source>
        <translation>口令太容易猜到。</translation>
    </message>
    <message>
        <source>Take a longer one, for example four or five unrelated words.</source>
        <translation>请用更长的口令，例如四五个不相关的词。</translation>
    </message>
    <message>
        <source>The key file and its previous copy are damaged.</source>
        <translation>密钥文件及其上一份副本均已损坏。</translation>
    </message>
    <message>
        <source>Put the key file from a backup beside the data file.</source>
        <translation>请把备份中的密钥文件放到数据文件旁边。</translation>
    </message>
    <message>
        <source>The key file is missing.</source>
        <translation>缺少密钥文件。</translation>
    </message>
    <message>
        <source>Put the key file from a backup beside the data file; without it nobody can read the data.</source>
        <translation>请把备份中的密钥文件放到数据文件旁边；没有它，任何人都无法读取数据。</translation>
    </message>
    <message>
        <source>The data file is damaged at page %1.</source>
        <translation>数据文件在第 %1 页损坏。</translation>
    </message>
    <message>
        <source>The log beside the data file is damaged at frame %1.</source>
        <translation>数据文件旁的日志在第 %1 帧损坏。</translation>
    </message>
    <message>
        <source>Restore a backup, or read what is left into a new profile with fieldfare-cli salvage.</source>
        <translation>请恢复备份，或用 fieldfare-cli salvage 将仍可读取的内容存入新配置。</translation>
    </message>
    <message>
        <source>The data file was written by a newer version of the program.</source>
        <translation>该数据文件由更新版本的程序写入。</translation>
    </message>
    <message>
        <source>Install the newer version on this computer.</source>
        <translation>请在本机安装新版本。</translation>
    </message>
    <message>
        <source>Qt&apos;s database driver uses another copy of SQLite than this program, so that files cannot be encrypted.</source>
        <translation>Qt 的数据库驱动使用了另一份 SQLite，因此无法加密文件。</translation>
    </message>
    <message>
        <source>Install the Qt packages that the system offers.</source>
        <translation>请安装系统提供的 Qt 软件包。</translation>
    </message>
    <message>
        <source>A value breaks a rule.</source>
        <translation>有一个值不符合规则。</translation>
    </message>
    <message>
        <source>Correct the values and save again.</source>
        <translation>请更正后重新保存。</translation>
    </message>
    <message>
        <source>There is no kind of record called &quot;%1&quot;.</source>
        <translation>没有名为“%1”的记录类型。</translation>
    </message>
    <message>
        <source>Use one such as customer, contact, interaction, deal or ticket.</source>
        <translation>请使用 customer、contact、interaction、deal 或 ticket 等。</translation>
    </message>
    <message>
        <source>Check the spelling of the field&apos;s name.</source>
        <translation>请检查字段名的拼写。</translation>
    </message>
    <message>
        <source>%1 has no choice &quot;%2&quot;.</source>
        <translation>%1 没有选项“%2”。</translation>
    </message>
    <message>
        <source>Take one of the choices, or add it in the settings.</source>
        <translation>请使用已有选项，或在设置中添加。</translation>
    </message>
    <message>
        <source>%1 cannot take the value &quot;%2&quot;.</source>
        <translation>%1 不能取值“%2”。</translation>
    </message>
    <message>
        <source>Write dates as 2026-11-21 and amounts as 1054.00 USD.</source>
        <translation>日期写作 2026-11-21，金额写作 1054.00 USD。</translation>
    </message>
    <message>
        <source>The condition cannot be read.</source>
        <translation>无法理解该条件。</translation>
    </message>
    <message>
        <source>Write it as field, operator, value, joined by and, or, not.</source>
        <translation>请写成“字段 运算符 值”，用 and、or、not 连接。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>Only what was done on this computer can be undone here.</source>
        <translation>这里只能撤销在本机所做的操作。</translation>
    </message>
    <message>
        <source>Only a part could be undone.</source>
        <translation>只撤销了一部分。</translation>
    </message>
    <message>
        <source>What somebody changed since was left as it is.</source>
        <translation>此后被他人修改的内容保持不变。</translation>
    </message>
    <message>
        <source>Look at the history of the records that are listed.</source>
        <translation>请查看所列记录的历史。</translation>
    </message>
    <message>
        <source>The record was changed meanwhile.</source>
        <translation>该记录期间已被修改。</translation>
    </message>
    <message>
        <source>Your values were not saved; the newer ones stand.</source>
        <translation>您的值未保存；较新的值保留。</translation>
    </message>
    <message>
        <source>Look at the record and save again.</source>
        <translation>请查看该记录后重新保存。</translation>
    </message>
    <message>
        <source>The table cannot be read: %1.</source>
        <translation>无法读取该表格：%1。</translation>
    </message>
    <message>
        <source>Save it again as CSV with a heading line.</source>
        <translation>请重新另存为带标题行的 CSV。</translation>
    </message>
    <message>
        <source>The file is no text.</source>
        <translation>该文件不是文本。</translation>
    </message>
    <message>
        <source>Save it as CSV (UTF-8) and import that.</source>
        <translation>请另存为 CSV（UTF-8）后导入。</translation>
    </message>
    <message>
        <source>The columns of the file do not say enough.</source>
        <translation>文件的列提供的信息不足。</translation>
    </message>
    <message>
        <source>Name the field of a column, the one of the key included.</source>
        <translation>请为各列指定字段，包括关键字段。</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>无法连接服务器。</translation>
    </message>
    <message>
        <source>Go on working; try again when the network is there.</source>
        <translation>您可以继续工作；有网络时再试。</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>服务器未及时响应。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not the one expected, so nothing was sent.</source>
        <translation>服务器证书与预期不符，因此未发送任何内容。</translation>
    </message>
    <message>
        <source>Ask the administrator for the fingerprint, and compare.</source>
        <translation>请向管理员索取指纹并核对。</translation>
    </message>
    <message>
        <source>The server shows another certificate than before, so nothing was sent.</source>
        <translation>服务器出示的证书与以前不同，因此未发送任何内容。</translation>
    </message>
    <message>
        <source>Ask the administrator whether the server was renewed; do not go on if not.</source>
        <translation>请询问管理员服务器是否已更新；若没有，请勿继续。</translation>
    </message>
    <message>
        <source>The connection is opened on the way by %1, so nothing was sent.</source>
        <translation>连接在途中被 %1 拆开，因此未发送任何内容。</translation>
    </message>
    <message>
        <source>Use another network, or ask the administrator to except this server.</source>
        <translation>请换用其他网络，或请管理员为此服务器设置例外。</translation>
    </message>
    <message>
        <source>Another program answers at this address.</source>
        <translation>该地址上是另一个程序。</translation>
    </message>
    <message>
        <source>Check the address and port.</source>
        <translation>请检查地址和端口。</translation>
    </message>
    <message>
        <source>The server does not accept name and password, or this device&apos;s sign-in.</source>
        <translation>服务器不接受该名称和密码，或本设备的登录。</translation>
    </message>
    <message>
        <source>Type them again, or ask the administrator.</source>
        <translation>请重新输入，或询问管理员。</translation>
    </message>
    <message>
        <source>The account is disabled.</source>
        <translation>该账户已停用。</translation>
    </message>
    <message>
        <source>Ask the administrator.</source>
        <translation>请询问管理员。</translation>
    </message>
    <message>
        <source>Wait some minutes and try again.</source>
        <translation>请等几分钟后再试。</translation>
    </message>
    <message>
        <source>You do not have the right to do that.</source>
        <translation>您没有执行此操作的权限。</translation>
    </message>
    <message>
        <source>Ask the administrator for the right.</source>
        <translation>请向管理员申请权限。</translation>
    </message>
    <message>
        <source>The server is busy.</source>
        <translation>服务器繁忙。</translation>
    </message>
    <message>
        <source>Try again in a minute.</source>
        <translation>请一分钟后再试。</translation>
    </message>
    <message>
        <source>The server could not carry out the request.</source>
        <translation>服务器无法执行该请求。</translation>
    </message>
    <message>
        <source>Try again later; if it stays so, tell the administrator.</source>
        <translation>请稍后再试；如果仍然如此，请告知管理员。</translation>
    </message>
    <message>
        <source>The server&apos;s answer makes no sense to this program.</source>
        <translation>本程序无法理解服务器的应答。</translation>
    </message>
    <message>
        <source>Check that server and program have matching versions.</source>
        <translation>请检查服务器与程序的版本是否匹配。</translation>
    </message>
    <message>
        <source>Something is larger than allowed.</source>
        <translation>有内容超出允许的大小。</translation>
    </message>
    <message>
        <source>Make it smaller, or cut it into parts.</source>
        <translation>请缩小，或分成几部分。</translation>
    </message>
    <message>
        <source>This program is too old for the server.</source>
        <translation>本程序对该服务器来说版本过旧。</translation>
    </message>
    <message>
        <source>Your edits are kept; the data can be read but not synced.</source>
        <translation>您的修改已保留；数据可以查看但不能同步。</translation>
    </message>
    <message>
        <source>Install the new version.</source>
        <translation>请安装新版本。</translation>
    </message>
    <message>
        <source>The server was restored from a backup.</source>
        <translation>服务器已从备份恢复。</translation>
    </message>
    <message>
        <source>Sync again.</source>
        <translation>请重新同步。</translation>
    </message>
    <message>
        <source>This profile is a copy of another one, or was restored.</source>
        <translation>此配置是另一个配置的副本，或是恢复而来的。</translation>
    </message>
    <message>
        <source>Sign in again to make it a device of its own.</source>
        <translation>请重新登录，使其成为独立的设备。</translation>
    </message>
    <message>
        <source>The administrator has revoked this device.</source>
        <translation>管理员已吊销此设备。</translation>
    </message>
    <message>
        <source>It cannot sync any more.</source>
        <translation>它不能再同步。</translation>
    </message>
    <message>
        <source>That was not found.</source>
        <translation>找不到该内容。</translation>
    </message>
    <message>
        <source>That exists already.</source>
        <translation>该内容已经存在。</translation>
    </message>
    <message>
        <source>A file could not be read or written.</source>
        <translation>文件无法读取或写入。</translation>
    </message>
    <message>
        <source>The system does not allow access to a file or folder.</source>
        <translation>系统不允许访问某个文件或文件夹。</translation>
    </message>
    <message>
        <source>The profile is in use by another program.</source>
        <translation>该资料正被另一个程序使用。</translation>
    </message>
    <message>
        <source>A part of the data file is damaged.</source>
        <translation>数据文件的一部分已损坏。</translation>
    </message>
    <message>
        <source>The log beside the data file is damaged.</source>
        <translation>数据文件旁的日志已损坏。</translation>
    </message>
    <message>
        <source>There is no such kind of record.</source>
        <translation>没有这种类型的记录。</translation>
    </message>
    <message>
        <source>There is no such field.</source>
        <translation>没有这个字段。</translation>
    </message>
    <message>
        <source>That is not one of the choices.</source>
        <translation>这不是可选项之一。</translation>
    </message>
    <message>
        <source>That value cannot be read.</source>
        <translation>无法识别该值。</translation>
    </message>
    <message>
        <source>The file cannot be read as a table.</source>
        <translation>无法将该文件作为表格读取。</translation>
    </message>
    <message>
        <source>The connection is opened on the way by a proxy, so nothing was sent.</source>
        <translation>连接在途中被代理拆开，因此没有发送任何内容。</translation>
    </message>
    <message>
        <source>The device is enrolled; what was downloaded is kept.</source>
        <translation>设备已注册；已下载的内容都保留着。</translation>
    </message>
    <message>
        <source>Look whether it is still there.</source>
        <translation>请看看它是否还在。</translation>
    </message>
    <message>
        <source>Check the server&apos;s address and the network, and try again.</source>
        <translation>请检查服务器地址和网络，然后再试。</translation>
    </message>
    <message>
        <source>A sync goes on with the download.</source>
        <translation>下次同步会继续下载。</translation>
    </message>
    <message>
        <source>Restore a backup of the data folder.</source>
        <translation>请恢复数据文件夹的备份。</translation>
    </message>
    <message>
        <source>The server does not accept name and password.</source>
        <translation>服务器不接受这个用户名和密码。</translation>
    </message>
    <message>
        <source>Another program uses this data folder.</source>
        <translation>另一个程序正在使用这个数据文件夹。</translation>
    </message>
    <message>
        <source>Take one of the choices.</source>
        <translation>请选用其中一个选项。</translation>
    </message>
    <message>
        <source>Your edits are kept on this computer.</source>
        <translation>您的修改保留在本机。</translation>
    </message>
    <message>
        <source>Ask the administrator; the tray of what was not accepted says what was handed in.</source>
        <translation>请联系管理员；“未被接受”列表会显示已提交的内容。</translation>
    </message>
    <message>
        <source>That was resolved already, by %1 (%2).</source>
        <translation>这已经由%1解决（%2）。</translation>
    </message>
    <message>
        <source>If it is to be otherwise, edit the field.</source>
        <translation>如需改动，请直接修改该字段。</translation>
    </message>
    <message>
        <source>That was resolved already.</source>
        <translation>这已经解决了。</translation>
    </message>
    <message>
        <source>%1 has no field called &quot;%2&quot;.</source>
        <translation>%1没有名为“%2”的字段。</translation>
    </message>
    <message>
        <source>%1 %2.</source>
        <comment>What happened, and the rules that were broken</comment>
        <translation>%1%2。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>What happened, and the detail</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not the one of the fingerprint, so nothing was sent.</source>
        <translation>服务器的证书与给定的指纹不符，因此没有发送任何内容。</translation>
    </message>
    <message>
        <source>Compare the fingerprint with the one that the administrator gave you; do not go on if it differs.</source>
        <translation>请与管理员提供的指纹核对；如果不同，请不要继续。</translation>
    </message>
    <message>
        <source>Your records and the backups made before are safe.</source>
        <translation>您的记录和以前的备份都安全。</translation>
    </message>
    <message>
        <source>The profile or its backups are in use by something else.</source>
        <translation>资料或其备份正被其他操作使用。</translation>
    </message>
    <message>
        <source>The backup was stopped.</source>
        <translation>备份已停止。</translation>
    </message>
    <message>
        <source>Begin it again when it suits.</source>
        <translation>方便时可重新开始。</translation>
    </message>
    <message>
        <source>There is not enough room for the backup.</source>
        <translation>空间不足，无法备份。</translation>
    </message>
    <message>
        <source>Free some space there, or choose another folder.</source>
        <translation>请在该处腾出空间，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>Check the disk of the backups and try again, or choose another folder.</source>
        <translation>请检查备份所在的磁盘后重试，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>Connect the disk of the backups, or choose a folder that you may write to.</source>
        <translation>请连接备份磁盘，或选择您可以写入的文件夹。</translation>
    </message>
    <message>
        <source>No backup was made of it; those made before are safe.</source>
        <translation>没有据此制作备份；以前的备份都安全。</translation>
    </message>
    <message>
        <source>The work was stopped.</source>
        <translation>操作已停止。</translation>
    </message>
    <message>
        <source>There is no room to put the backup together.</source>
        <translation>空间不足，无法还原该备份的内容。</translation>
    </message>
    <message>
        <source>Free as much space as the backed up profile takes and try again.</source>
        <translation>请腾出与被备份数据同样大的空间后重试。</translation>
    </message>
    <message>
        <source>Type the passphrase that the profile had when the backup was made.</source>
        <translation>请输入制作该备份时所用的口令。</translation>
    </message>
    <message>
        <source>The backup is damaged at page %1.</source>
        <translation>备份在第 %1 页损坏。</translation>
    </message>
    <message>
        <source>Your records are as they were.</source>
        <translation>您的记录没有改变。</translation>
    </message>
    <message>
        <source>Take another backup, and make a new one.</source>
        <translation>请使用其他备份，并制作一个新备份。</translation>
    </message>
    <message>
        <source>The backup is damaged.</source>
        <translation>备份已损坏。</translation>
    </message>
    <message>
        <source>There were too many wrong attempts.</source>
        <translation>错误尝试次数过多。</translation>
    </message>
    <message>
        <source>The update of your records was stopped.</source>
        <translation>记录的更新已停止。</translation>
    </message>
    <message>
        <source>All of them are there, and what was finished stays.</source>
        <translation>所有记录都在，已完成的部分会保留。</translation>
    </message>
    <message>
        <source>It goes on when the profile is opened the next time.</source>
        <translation>下次打开时会继续。</translation>
    </message>
    <message>
        <source>To bring your records up to this version, %2 MB have to be free on the disk of %1.</source>
        <translation>要将记录更新到此版本，%1 所在的磁盘需要有 %2 MB 可用空间。</translation>
    </message>
    <message>
        <source>There is not enough room on the disk to bring your records up to this version.</source>
        <translation>磁盘空间不足，无法将记录更新到此版本。</translation>
    </message>
    <message>
        <source>The backup is of a former data key, so that no single records can be taken from it.</source>
        <translation>该备份使用的是以前的数据密钥，无法从中单独取回记录。</translation>
    </message>
    <message>
        <source>It is kept, and nothing was changed.</source>
        <translation>备份仍然保留，没有任何改动。</translation>
    </message>
    <message>
        <source>Restore it whole into a new folder, with the passphrase of its time.</source>
        <translation>请用当时的口令把它整体恢复到一个新文件夹。</translation>
    </message>
    <message>
        <source>The data file %1 is missing.</source>
        <translation>数据文件 %1 不见了。</translation>
    </message>
    <message>
        <source>Nothing was made in its place, and the key file is untouched.</source>
        <translation>没有在原处新建任何文件，密钥文件也未改动。</translation>
    </message>
    <message>
        <source>Put the file back where it was, or restore a backup into a new folder.</source>
        <translation>请把文件放回原处，或将备份恢复到一个新文件夹。</translation>
    </message>
    <message>
        <source>Nothing was changed by this; what stands elsewhere in the file can be used.</source>
        <translation>此操作没有改动任何内容；文件的其余部分可以照常使用。</translation>
    </message>
    <message>
        <source>Check and repair it (in the settings, or with fieldfare-cli check), restore a backup, or read what is left into a new profile with fieldfare-cli salvage.</source>
        <translation>请检查并修复（在设置中，或使用 fieldfare-cli check），或还原备份，或用 fieldfare-cli salvage 把仍可读取的内容读入新的配置。</translation>
    </message>
    <message>
        <source>The account asks for a code besides the password.</source>
        <translation>此账户除密码外还需要验证码。</translation>
    </message>
    <message>
        <source>Type the six digits that the authenticator app shows now, or a recovery code.</source>
        <translation>请输入验证器应用当前显示的六位数字，或一个恢复码。</translation>
    </message>
    <message>
        <source>The code is not right, or was used already.</source>
        <translation>验证码不正确，或已被使用过。</translation>
    </message>
    <message>
        <source>Wait for the app&apos;s next code and type that, or use a recovery code that is left.</source>
        <translation>请等待应用显示下一个验证码后再输入，或使用剩余的恢复码。</translation>
    </message>
    <message>
        <source>There were too many wrong attempts; the next one is possible in %1 seconds.</source>
        <translation>错误尝试次数过多；%1 秒后才能再次尝试。</translation>
    </message>
    <message>
        <source>Wait that long and try again.</source>
        <translation>请等候相应时间后重试。</translation>
    </message>
    <message>
        <source>The code is not the one that the authenticator app shows now.</source>
        <translation>此验证码与验证器应用当前显示的不一致。</translation>
    </message>
    <message>
        <source>Compare the clocks of the server and the phone, and give the app&apos;s next code.</source>
        <translation>请核对服务器与手机的时钟，并提供应用显示的下一个验证码。</translation>
    </message>
    <message>
        <source>The server&apos;s audit log is not as it was written.</source>
        <translation>服务器的审计日志与写入时不一致。</translation>
    </message>
    <message>
        <source>Tell the administrator: fieldfare-server audit verify names the entry.</source>
        <translation>请告知管理员：fieldfare-server audit verify 会指出是哪一条。</translation>
    </message>
    <message>
        <source>Only the log is concerned, no record.</source>
        <translation>只涉及日志，不涉及任何记录。</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>Import %1</source>
        <translation>导入 %1</translation>
    </message>
</context>
<context>
    <name>Layout</name>
    <message>
        <source>General</source>
        <translation>基本信息</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>联系方式</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未结</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <translation>处理人</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>诉求</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Closes</source>
        <translation>成交日</translation>
    </message>
</context>
<context>
    <name>Lifecycle</name>
    <message>
        <source>Lead</source>
        <translation>线索</translation>
    </message>
    <message>
        <source>Prospect</source>
        <translation>潜在客户</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Churned</source>
        <translation>已流失</translation>
    </message>
</context>
<context>
    <name>Modules</name>
    <message>
        <source>Dashboards</source>
        <translation>仪表盘</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>ProblemText</name>
    <message>
        <source>%1 is needed</source>
        <translation>需要填写%1</translation>
    </message>
    <message>
        <source>At most %1 characters fit here</source>
        <translation>此处最多 %1 个字符</translation>
    </message>
    <message>
        <source>This cannot be read</source>
        <translation>无法识别</translation>
    </message>
    <message>
        <source>This is outside of what can be kept</source>
        <translation>超出可保存的范围</translation>
    </message>
    <message>
        <source>An address needs a name and an @, like ann@treequote.example</source>
        <translation>邮箱需要名称和 @，例如 ann@treequote.example</translation>
    </message>
    <message>
        <source>The part after @ needs a dot, like %1.example</source>
        <translation>@ 后面的部分需要一个点，例如 %1.example</translation>
    </message>
    <message>
        <source>A web address looks like https://treequote.example</source>
        <translation>网址形如 https://treequote.example</translation>
    </message>
    <message>
        <source>A phone number has digits, spaces and + only</source>
        <translation>电话号码只含数字、空格和 +</translation>
    </message>
    <message>
        <source>This kind of record cannot stand here</source>
        <translation>此处不能放这种记录</translation>
    </message>
    <message>
        <source>A currency has three letters, like USD</source>
        <translation>货币代码为三个字母，例如 USD</translation>
    </message>
    <message>
        <source>This cannot be read as a date; write it like 2026-11-21</source>
        <translation>这不是可识别的日期，请写成 2026-11-21 这样</translation>
    </message>
    <message>
        <source>This cannot be read as a time; write it like 2026-11-21 14:30</source>
        <translation>这不是可识别的时间，请写成 2026-11-21 14:30 这样</translation>
    </message>
    <message>
        <source>This cannot be read as an amount; write it like 12500.50</source>
        <translation>这不是可识别的金额，请写成 12500.50 这样</translation>
    </message>
    <message>
        <source>This cannot be read as a whole number; write it like 12</source>
        <translation>这不是整数，请写成 12 这样</translation>
    </message>
    <message>
        <source>Your role may not change this record</source>
        <translation>您的角色不能修改此记录</translation>
    </message>
</context>
<context>
    <name>Repair</name>
    <message>
        <source>Repair: references to records that are not here</source>
        <translation>修复：指向不存在记录的引用</translation>
    </message>
    <message>
        <source>Salvage: records that the server does not have yet</source>
        <translation>抢救：服务器尚未拥有的记录</translation>
    </message>
</context>
<context>
    <name>ReviewText</name>
    <message>
        <source>In the trash</source>
        <translation>在回收站中</translation>
    </message>
    <message>
        <source>A field of a newer version</source>
        <translation>更新版本的字段</translation>
    </message>
    <message>
        <source>first wins</source>
        <translation>先到为准</translation>
    </message>
    <message>
        <source>text, both kept</source>
        <translation>文本，两份均保留</translation>
    </message>
    <message>
        <source>latest is shown</source>
        <translation>显示最新的</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>not readable in this version</source>
        <translation>此版本无法读取</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>(not on this computer)</source>
        <translation>（不在本机）</translation>
    </message>
    <message>
        <source>The program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>某人</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) · %1</source>
        <translation>
            <numerusform>%n 个字段 · %1</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Yours was kept</source>
        <translation>保留了您的值</translation>
    </message>
    <message>
        <source>Theirs was kept</source>
        <translation>保留了对方的值</translation>
    </message>
    <message>
        <source>Another value was chosen</source>
        <translation>选择了其他值</translation>
    </message>
    <message>
        <source>It belongs to a change of which another part was not allowed.</source>
        <translation>它所属的修改中有其他部分未获许可。</translation>
    </message>
    <message>
        <source>You may not change this record, or not any more. Its owner or an administrator can.</source>
        <translation>您无权或不再有权修改此记录。其负责人或管理员可以修改。</translation>
    </message>
    <message>
        <source>A value is longer than the server takes. Shorten it and send it again.</source>
        <translation>某个值超过服务器允许的长度。请缩短后重新发送。</translation>
    </message>
    <message>
        <source>The server could not use a value. Correct it and send it again.</source>
        <translation>服务器无法使用某个值。请更正后重新发送。</translation>
    </message>
    <message>
        <source>A record with this identity exists already.</source>
        <translation>已存在相同标识的记录。</translation>
    </message>
    <message>
        <source>The record was erased for everybody meanwhile.</source>
        <translation>该记录在此期间已被彻底删除。</translation>
    </message>
    <message>
        <source>It refers to a record that was not accepted itself. It is sent along when that one is sent again.</source>
        <translation>它引用的记录本身未被接受。重新发送那条记录时会一并发送。</translation>
    </message>
    <message>
        <source>The server did not take it and does not say why.</source>
        <translation>服务器未接受，且未说明原因。</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>New: %1</source>
        <translation>新建：%1</translation>
    </message>
    <message>
        <source>Moved to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Taken out of the trash</source>
        <translation>从回收站还原</translation>
    </message>
    <message>
        <source>Erased</source>
        <translation>彻底删除</translation>
    </message>
    <message>
        <source>Changed: %1</source>
        <translation>修改：%1</translation>
    </message>
    <message>
        <source>Your account is disabled. The server keeps this change until the administrator decides; it stays on this computer too.</source>
        <translation>您的账户已停用。服务器会保留此更改，直到管理员作出决定；它也保留在这台电脑上。</translation>
    </message>
    <message>
        <source>It was handed in while your account was disabled, and the administrator did not accept it.</source>
        <translation>此更改是在您的账户停用期间提交的，管理员没有接受。</translation>
    </message>
    <message>
        <source>You may not change this record any more. Whoever may now finds your change as a proposal.</source>
        <translation>您已不能再修改此记录。有权修改的人会看到您的修改提议。</translation>
    </message>
</context>
<context>
    <name>StateMark</name>
    <message>
        <source>synced</source>
        <translation>已同步</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>等待上传</translation>
    </message>
    <message>
        <source>to review</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>未被接受</translation>
    </message>
</context>
<context>
    <name>StepProgress</name>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>StepSide</name>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
</context>
<context>
    <name>fieldfare::app::AttachmentWorker</name>
    <message>
        <source>Records from before the connection</source>
        <translation>连接前的记录</translation>
    </message>
</context>
<context>
    <name>fieldfare::app::Desktop</name>
    <message>
        <source>Welcome to Fieldfare</source>
        <translation>欢迎使用 Fieldfare</translation>
    </message>
    <message>
        <source>Fieldfare is locked</source>
        <translation>Fieldfare 已锁定</translation>
    </message>
    <message>
        <source>Fieldfare</source>
        <translation>Fieldfare</translation>
    </message>
    <message>
        <source>Connect to a server</source>
        <translation>连接服务器</translation>
    </message>
    <message>
        <source>What was typed and not saved is kept in the encrypted file.</source>
        <translation>已输入但未保存的内容已存入加密文件。</translation>
    </message>
    <message>
        <source>What was typed and not saved could not be written. It is kept until Fieldfare is closed.</source>
        <translation>已输入但未保存的内容无法写入文件，在关闭 Fieldfare 之前仍会保留。</translation>
    </message>
    <message>
        <source>This computer&apos;s keychain is not running. The passphrase opens the profile as ever.</source>
        <translation>此电脑的密钥链未在运行。仍可用口令打开。</translation>
    </message>
    <message>
        <source>Asking this computer&apos;s keychain…</source>
        <translation>正在询问此电脑的密钥链…</translation>
    </message>
    <message>
        <source>This computer&apos;s keychain stays closed. The passphrase opens the profile as ever.</source>
        <translation>此电脑的密钥链未解锁。仍可用口令打开。</translation>
    </message>
    <message>
        <source>This computer&apos;s keychain does not open the profile. The passphrase does, as ever.</source>
        <translation>此电脑的密钥链打不开这些记录。仍可用口令打开。</translation>
    </message>
</context>
<context>
    <name>fieldfare::app::ProfileJoining</name>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::AddressEditor</name>
    <message>
        <source>Street</source>
        <translation>街道</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>省/州</translation>
    </message>
    <message>
        <source>Post code</source>
        <translation>邮编</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>国家</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::AppearanceSection</name>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Accent</source>
        <translation>强调色</translation>
    </message>
    <message>
        <source>High contrast has one accent only.</source>
        <translation>高对比度只有一种强调色。</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Slate</source>
        <translation>石板蓝</translation>
    </message>
    <message>
        <source>Pine</source>
        <translation>松绿</translation>
    </message>
    <message>
        <source>Plum</source>
        <translation>梅紫</translation>
    </message>
    <message>
        <source>Chestnut</source>
        <translation>栗棕</translation>
    </message>
    <message>
        <source>Graphite</source>
        <translation>石墨灰</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <source>Regular</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Roomy</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Row height</source>
        <translation>行高</translation>
    </message>
    <message>
        <source>In all lists; never less than the text needs.</source>
        <translation>用于所有列表；不会小于文字所需的高度。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>A little larger</source>
        <translation>稍大</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>较大</translation>
    </message>
    <message>
        <source>Much larger</source>
        <translation>特大</translation>
    </message>
    <message>
        <source>%1 (%2 px)</source>
        <translation>%1（%2 像素）</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>All sizes follow; rows grow with the text.</source>
        <translation>所有尺寸随之变化；行高随文字增大。</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>在谈</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::BackupTable</name>
    <message>
        <source>Full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>增量</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>尚未</translation>
    </message>
    <message>
        <source>%1, sound</source>
        <translation>%1，完好</translation>
    </message>
    <message>
        <source>%1, not sound</source>
        <translation>%1，有问题</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>The backup that it stands on is not in this folder.</source>
        <translation>它所依赖的备份不在此文件夹中。</translation>
    </message>
    <message>
        <source>Former key</source>
        <translation>旧密钥</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>It is not what was written.</source>
        <translation>内容与写入时不同。</translation>
    </message>
    <message>
        <source>Backups in this folder</source>
        <translation>此文件夹中的备份</translation>
    </message>
    <message>
        <source>Made before the data key was replaced, or damaged. fieldfare-cli backup verify tells, with the passphrase of that time.</source>
        <translation>制作于数据密钥更换之前，或已损坏。可用 fieldfare-cli backup verify 和当时的口令查明。</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::BackupsSection</name>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>Every week</source>
        <translation>每周</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>立即</translation>
    </message>
    <message>
        <source>Last backup</source>
        <translation>上次备份</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Best on another disk, or one that is kept elsewhere. Without the passphrase nothing in it can be read.</source>
        <translation>最好放在另一块磁盘上，或存放在别处。没有口令，其中的内容无法读取。</translation>
    </message>
    <message>
        <source>Command that restores</source>
        <translation>还原命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Restore everything</source>
        <translation>还原全部</translation>
    </message>
    <message>
        <source>Makes a profile of that time in a new folder and asks for the passphrase of that time. This one stays as it is. Then open the new one: fieldfare --profile NEW-FOLDER</source>
        <translation>在新文件夹中建立当时的数据，并询问当时的口令。现有数据保持不变。然后这样打开新的数据：fieldfare --profile NEW-FOLDER</translation>
    </message>
    <message>
        <source>Bring records back</source>
        <translation>取回记录</translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation>还没有备份。</translation>
    </message>
    <message>
        <source>Choose a folder first.</source>
        <translation>请先选择文件夹。</translation>
    </message>
    <message>
        <source>Only when you ask for it.</source>
        <translation>仅在您要求时备份。</translation>
    </message>
    <message>
        <source>Next: %1, or when the program is opened after that.</source>
        <translation>下次：%1，或在此之后打开程序时。</translation>
    </message>
    <message>
        <source>It is tried again within an hour, while the program is open.</source>
        <translation>程序打开期间，一小时内会重试。</translation>
    </message>
    <message>
        <source>The next one is due: it begins within five minutes, while the program is open.</source>
        <translation>下一次备份已到时间：程序打开期间，五分钟内开始。</translation>
    </message>
    <message>
        <source>Backing up… You can go on working.</source>
        <translation>正在备份… 您可以继续工作。</translation>
    </message>
    <message>
        <source>When what is being done with backups has ended.</source>
        <translation>请等当前的备份操作结束。</translation>
    </message>
    <message>
        <source>No folder yet</source>
        <translation>尚未选择文件夹</translation>
    </message>
    <message>
        <source>What changed since the last one; everything when that is long ago. You can go on working.</source>
        <translation>备份上次以来的变化；间隔较久时备份全部内容。您可以继续工作。</translation>
    </message>
    <message>
        <source>None: there is no folder yet.</source>
        <translation>没有：尚未选择文件夹。</translation>
    </message>
    <message>
        <source>The folder cannot be reached. Connect its disk, or choose another folder.</source>
        <translation>无法访问该文件夹。请连接其磁盘，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>None of this profile.</source>
        <translation>没有当前数据的备份。</translation>
    </message>
    <message numerus="yes">
        <source>%n backup(s) of other profiles are in this folder, too.</source>
        <translation>
            <numerusform>此文件夹中还有 %n 个其他数据的备份。</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder for backups</source>
        <translation>备份文件夹</translation>
    </message>
    <message>
        <source>Sound: all %1 records came back in %2 s.</source>
        <translation>完好：全部 %1 条记录在 %2 秒内还原。</translation>
    </message>
    <message>
        <source>Not sound: %1 of %2 records came back. Your records are as they were. Make a new backup.</source>
        <translation>有问题：%2 条记录中只还原了 %1 条。您的记录没有改变。请制作新备份。</translation>
    </message>
    <message>
        <source>Not sound: all records came back, but a check finds faults in them. Look at Data quality, then make a new backup.</source>
        <translation>有问题：记录全部还原，但检查发现错误。请查看“数据质量”，然后制作新备份。</translation>
    </message>
    <message>
        <source>Backups in this folder</source>
        <translation>此文件夹中的备份</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动备份</translation>
    </message>
    <message>
        <source>Restores the backup chosen above next to the others, looks through all of it and removes it again.</source>
        <translation>将上面选中的备份还原到备份文件夹中，全部检查一遍，然后删除还原出的副本。</translation>
    </message>
    <message>
        <source>As they were in the backup chosen above. What came later stays; undo takes it back.</source>
        <translation>恢复为上面选中的备份中的样子。之后新增的内容保留；可以撤销。</translation>
    </message>
    <message>
        <source>Restoring it next to the others and looking through it. You can go on working.</source>
        <translation>正在还原并检查。您可以继续工作。</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::Banner</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::BringBackPanel</name>
    <message>
        <source>See what would change</source>
        <translation>查看将有的变化</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>取回</translation>
    </message>
    <message>
        <source>Kind of record</source>
        <translation>记录类型</translation>
    </message>
    <message>
        <source>Which records</source>
        <translation>哪些记录</translation>
    </message>
    <message>
        <source>Putting the backup together and comparing…</source>
        <translation>正在还原备份并比较…</translation>
    </message>
    <message numerus="yes">
        <source>%n come(s) back from the trash</source>
        <translation>
            <numerusform>%n 条从回收站取回</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n get(s) former values back</source>
        <translation>
            <numerusform>%n 条恢复为原来的值</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing differs.</source>
        <translation>没有差异。</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between two parts of a sentence</comment>
        <translation>；</translation>
    </message>
    <message>
        <source>.</source>
        <comment>end of a sentence</comment>
        <translation>。</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) cannot come back this way: erased, or outside your rights.</source>
        <translation>
            <numerusform>%n 条记录无法这样取回：已被彻底删除，或超出您的权限。</numerusform>
        </translation>
    </message>
    <message>
        <source>Bring back %1 as of %2</source>
        <translation>取回 %1，截至 %2</translation>
    </message>
    <message>
        <source>Bringing back…</source>
        <translation>正在取回…</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) are as they were.</source>
        <translation>
            <numerusform>%n 条记录已恢复原样。</numerusform>
        </translation>
    </message>
    <message>
        <source>All, or numbers and names separated by ;</source>
        <translation>全部，或用“；”分隔的编号和名称</translation>
    </message>
    <message numerus="yes">
        <source>%n lost one(s) come(s) back</source>
        <translation>
            <numerusform>%n 条丢失的记录会重新建立</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::CommandPalette</name>
    <message>
        <source>Search or run a command</source>
        <translation>搜索或执行命令</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>&lt;b&gt;&amp;gt;&lt;/b&gt; commands</source>
        <translation>&lt;b&gt;&amp;gt;&lt;/b&gt; 命令</translation>
    </message>
    <message>
        <source>&lt;b&gt;#&lt;/b&gt; numbers</source>
        <translation>&lt;b&gt;#&lt;/b&gt; 编号</translation>
    </message>
    <message>
        <source>&lt;b&gt;@&lt;/b&gt; people</source>
        <translation>&lt;b&gt;@&lt;/b&gt; 人员</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::ConflictModel</name>
    <message>
        <source>%1, chosen</source>
        <translation>%1，已选</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>time uncertain</source>
        <translation>时间不确定</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Before, both started here</source>
        <translation>修改前，双方的起点</translation>
    </message>
    <message>
        <source>Yours, from this computer</source>
        <translation>您的，来自本机</translation>
    </message>
    <message>
        <source>Theirs, on the server</source>
        <translation>对方的，在服务器上</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::ConflictPane</name>
    <message>
        <source>Open record</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>Previous record</source>
        <translation>上一条记录</translation>
    </message>
    <message>
        <source>Next record, decide later</source>
        <translation>下一条记录，稍后决定</translation>
    </message>
    <message>
        <source>Before, yours and theirs</source>
        <translation>修改前、您的与对方的</translation>
    </message>
    <message>
        <source>Or write what it is to be</source>
        <translation>或直接写出最终内容</translation>
    </message>
    <message>
        <source>After saving</source>
        <translation>保存之后</translation>
    </message>
    <message>
        <source>All yours</source>
        <translation>全部用您的</translation>
    </message>
    <message>
        <source>All theirs</source>
        <translation>全部用对方的</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Save and next</source>
        <translation>保存并继续</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>You and %1 changed the same %n field(s).</source>
        <translation>
            <numerusform>您和 %1 修改了相同的 %n 个字段。</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%n more record(s) have the same clash.</source>
        <translation>
            <numerusform>另有 %n 条记录存在同样的冲突。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take theirs for all %n</source>
        <translation>
            <numerusform>%n 条全部用对方的</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: or write what it is to be</source>
        <translation>%1：或直接写出最终内容</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Now on this computer</source>
        <translation>本机当前值</translation>
    </message>
    <message>
        <source>Will be</source>
        <translation>将变为</translation>
    </message>
    <message>
        <source>Kept in the history</source>
        <translation>保留在历史中</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>%1 of %2 chosen. You can undo this later.</source>
        <translation>已选 %1 / %2。之后可以撤销。</translation>
    </message>
    <message>
        <source>Merged without a clash:</source>
        <translation>已自动合并：</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Look at each</source>
        <translation>逐个查看</translation>
    </message>
    <message numerus="yes">
        <source>You, %1 and %2 changed the same %n field(s).</source>
        <translation>
            <numerusform>您、%1和%2修改了相同的 %n 个字段。</numerusform>
        </translation>
    </message>
    <message>
        <source>You moved this to the trash; meanwhile %1 changed it.</source>
        <translation>您将它移到了回收站，同时 %1 修改了它。</translation>
    </message>
    <message>
        <source>%1 moved this to the trash; meanwhile you changed it.</source>
        <translation>%1 将它移到了回收站，同时您修改了它。</translation>
    </message>
    <message numerus="yes">
        <source>%1 changed %n field(s), and may not change this record any more: a proposal.</source>
        <translation>
            <numerusform>%1 修改了 %n 个字段，但已无权再修改此记录：这是一项提议。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::ConnectPage</name>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>What would happen</source>
        <translation>将会发生什么</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>From working alone to working together.</source>
        <translation>从独自工作到协同工作。</translation>
    </message>
    <message>
        <source>Connect to your company&apos;s server</source>
        <translation>连接公司服务器</translation>
    </message>
    <message>
        <source>Your records become records of the company. You see what would happen before anything does; until then this profile stays as it is.</source>
        <translation>您的记录将成为公司的记录。在任何改动之前，您会先看到将会发生什么；在此之前，本机资料保持原样。</translation>
    </message>
    <message>
        <source>Forget it and sign in anew</source>
        <translation>放弃它并重新登录</translation>
    </message>
    <message>
        <source>Back to work</source>
        <translation>返回工作</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>This profile is as it was. Who stops, or loses the network, goes on from what was downloaded.</source>
        <translation>本机资料保持原样。停止或断网后，可从已下载的部分继续。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>History, undo and the dates of creation stay behind, in a file that keeps the profile as it was. The company&apos;s name and currency are the server&apos;s.</source>
        <translation>历史、撤销和创建日期不会带走，它们留在一个保存原有资料的文件里。公司名称和货币以服务器为准。</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Connect this profile</source>
        <translation>连接本机资料</translation>
    </message>
    <message>
        <source>Start working</source>
        <translation>开始使用</translation>
    </message>
    <message>
        <source>What was downloaded from %1 as %2 is here; it goes on from there without a password.</source>
        <translation>以 %2 的身份从 %1 下载的内容还在；无需密码即可从那里继续。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>正在登录</translation>
    </message>
    <message>
        <source>Getting the server&apos;s records</source>
        <translation>正在获取服务器的记录</translation>
    </message>
    <message>
        <source>Putting your records beside the server&apos;s</source>
        <translation>正在将您的记录与服务器的对照</translation>
    </message>
    <message>
        <source>Putting the new profile in its place</source>
        <translation>正在启用新的资料</translation>
    </message>
    <message>
        <source>%1 of %2 records</source>
        <translation>%1 / %2 条记录</translation>
    </message>
    <message>
        <source>What would happen at %1</source>
        <translation>在 %1 将会发生什么</translation>
    </message>
    <message>
        <source>What would happen at %1 (%2)</source>
        <translation>在 %1（%2）将会发生什么</translation>
    </message>
    <message>
        <source>This profile belongs to %1 now, and you are %2 there. What was taken along is sent with the first sync, which begins at once.</source>
        <translation>本机资料现已属于 %1，您在那里的用户名是 %2。转入的内容将随第一次同步发送，同步马上开始。</translation>
    </message>
    <message>
        <source>The profile as it was is kept, encrypted with the same passphrase: %1. Delete it when nothing is missing. To go back, quit and give it the name fieldfare.db.</source>
        <translation>原有资料已保留，并以同一口令加密：%1。确认没有遗漏后可将其删除。如要恢复原状，请退出程序并将它改名为 fieldfare.db。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>This profile is as it was, and what was downloaded is kept.</source>
        <translation>本机资料保持原样，已下载的内容也已保留。</translation>
    </message>
    <message>
        <source>This profile is as it was.</source>
        <translation>本机资料保持原样。</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::DashboardPage</name>
    <message>
        <source>Sales and service</source>
        <translation>销售与服务</translation>
    </message>
    <message>
        <source>Click a figure to see its rows</source>
        <translation>点击数字查看明细</translation>
    </message>
    <message>
        <source>Won this year</source>
        <translation>今年赢单</translation>
    </message>
    <message>
        <source>Open, weighted</source>
        <translation>未结（加权）</translation>
    </message>
    <message>
        <source>Won of decided</source>
        <translation>赢单率</translation>
    </message>
    <message>
        <source>Open tickets</source>
        <translation>未结工单</translation>
    </message>
    <message>
        <source>Overdue tickets</source>
        <translation>逾期工单</translation>
    </message>
    <message>
        <source>Open deals</source>
        <translation>未结商机</translation>
    </message>
    <message>
        <source>Decided this year</source>
        <translation>今年已定商机</translation>
    </message>
    <message>
        <source>Won per month</source>
        <translation>每月赢单</translation>
    </message>
    <message>
        <source>Funnel</source>
        <translation>销售漏斗</translation>
    </message>
    <message>
        <source>Open tickets by status and age</source>
        <translation>未结工单（按状态和天数）</translation>
    </message>
    <message>
        <source>this month is not over: hatched</source>
        <translation>本月尚未结束，以斜线表示</translation>
    </message>
    <message>
        <source>deals that got at least so far; lost ones left out</source>
        <translation>至少到达该阶段的商机，不含输单</translation>
    </message>
    <message>
        <source>by status and age</source>
        <translation>按状态和天数</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 万</translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation>%1 千</translation>
    </message>
    <message>
        <source>counted on this computer, as of %1</source>
        <translation>本机统计，截至 %1</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>%1 now</source>
        <translation>现有 %1</translation>
    </message>
    <message>
        <source>to 1 day</source>
        <translation>1 天内</translation>
    </message>
    <message>
        <source>to 3</source>
        <translation>3 天内</translation>
    </message>
    <message>
        <source>to 7</source>
        <translation>7 天内</translation>
    </message>
    <message>
        <source>over 7 days</source>
        <translation>超过 7 天</translation>
    </message>
    <message>
        <source>%1 % on last year</source>
        <translation>较去年 %1%</translation>
    </message>
    <message numerus="yes">
        <source>%n deal(s)</source>
        <translation>
            <numerusform>%n 个商机</numerusform>
        </translation>
    </message>
    <message>
        <source>, other currencies not added</source>
        <translation>，不含其他币种</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Won in %1</source>
        <translation>%1赢单</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>仪表盘</translation>
    </message>
    <message>
        <source>Won this year by owner</source>
        <translation>今年赢单（按负责人）</translation>
    </message>
    <message>
        <source>amount and deals</source>
        <translation>金额与商机数</translation>
    </message>
    <message>
        <source>Won by %1</source>
        <translation>%1 的赢单</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::DataKeySection</name>
    <message>
        <source>Replace the data key</source>
        <translation>更换数据密钥</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>What was done stays. The rest follows when Fieldfare starts again.</source>
        <translation>已完成的部分会保留，其余部分在 Fieldfare 下次启动时继续。</translation>
    </message>
    <message>
        <source>Passphrase, to replace the data key</source>
        <translation>用于更换数据密钥的口令</translation>
    </message>
    <message>
        <source>Data key</source>
        <translation>数据密钥</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>The data key is replaced in part. Everything can be read; the rest follows when Fieldfare starts again, or now.</source>
        <translation>数据密钥已更换一部分。所有内容均可读取；其余部分在 Fieldfare 下次启动时继续，也可现在继续。</translation>
    </message>
    <message>
        <source>For the day when somebody else may have had the key: every page is encrypted anew while you work. The passphrase stays. Backups from before keep the old key.</source>
        <translation>用于他人可能已得到密钥的情况：所有页面会在您工作时重新加密。口令不变。此前的备份仍用旧密钥。</translation>
    </message>
    <message>
        <source>Type the passphrase first.</source>
        <translation>请先输入口令。</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>%1 of %2 pages</source>
        <translation>%1 / %2 页</translation>
    </message>
    <message>
        <source>The data key is replaced. The passphrase is the same.</source>
        <translation>数据密钥已更换。口令不变。</translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong passphrases. The next try is possible in %n s.</source>
        <translation>
            <numerusform>口令错误次数过多。%n 秒后可以再试。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::DataQualitySection</name>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Looks at every page of the file, its indexes, the search tables and what records point to. You can go on working.</source>
        <translation>检查文件的每一页、索引、搜索表以及记录之间的引用。您可以继续工作。</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Does what stands above and nothing else, and looks again.</source>
        <translation>只做上面列出的事，然后再检查一遍。</translation>
    </message>
    <message>
        <source>What a repair would do</source>
        <translation>修复会做什么</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Repairing…</source>
        <translation>正在修复…</translation>
    </message>
    <message>
        <source>Stopped. What was repaired until then stays.</source>
        <translation>已停止。在此之前修复的内容会保留。</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) of the file cannot be read: %1</source>
        <translation>
            <numerusform>文件中有 %n 页无法读取：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>A table of the file is out of order: %1</source>
        <translation>文件中有一张表已损坏：%1</translation>
    </message>
    <message>
        <source>An index does not fit its table: %1</source>
        <translation>索引与表不一致：%1</translation>
    </message>
    <message>
        <source>Search does not fit the records: %1</source>
        <translation>搜索与记录不一致：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) point to one that is not here: %1</source>
        <translation>
            <numerusform>%n 条记录指向不存在的记录：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) do not say which version they are: %1</source>
        <translation>
            <numerusform>%n 条记录的版本信息无法读取：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) cannot be read: %1</source>
        <translation>
            <numerusform>%n 条记录无法读取：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Build the index anew: %1. Nothing is lost.</source>
        <translation>重建索引：%1。不会丢失任何内容。</translation>
    </message>
    <message>
        <source>Fill the search of %1 anew, in the background. Nothing is lost.</source>
        <translation>在后台重建“%1”的搜索。不会丢失任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>Empty the field of %n record(s): %1. Undo takes it back.</source>
        <translation>
            <numerusform>清空 %n 条记录的字段：%1。可以撤销。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n record(s) to the trash that are nothing without the other one: %1. Undo takes it back.</source>
        <translation>
            <numerusform>将失去所属记录的 %n 条记录移入回收站：%1。可以撤销。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the versions of %n record(s) from history: %1. The next sync settles the rest.</source>
        <translation>
            <numerusform>从历史中恢复 %n 条记录的版本信息：%1。其余由下次同步处理。</numerusform>
        </translation>
    </message>
    <message>
        <source>A repair mends this.</source>
        <translation>可以修复。</translation>
    </message>
    <message>
        <source>A repair cannot bring it back: restore a backup, or read what is left into a new profile with fieldfare-cli salvage.</source>
        <translation>修复无法找回：请恢复备份，或用 fieldfare-cli salvage 将仍可读取的内容存入新配置。</translation>
    </message>
    <message>
        <source>As it should be: what they point to may be outside your rights.</source>
        <translation>属于正常情况：所指向的记录可能不在您的权限范围内。</translation>
    </message>
    <message>
        <source>Repaired.</source>
        <translation>已修复。</translation>
    </message>
    <message>
        <source>Not repaired: %1 (%2)</source>
        <translation>未修复：%1（%2）</translation>
    </message>
    <message>
        <source>Nothing is wrong. %1 records were looked through.</source>
        <translation>没有发现问题。已检查 %1 条记录。</translation>
    </message>
    <message>
        <source>Something is wrong. %1 records were looked through.</source>
        <translation>发现问题。已检查 %1 条记录。</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::DateEditor</name>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
    <message>
        <source>Calendar (Alt+Down)</source>
        <translation>日历（Alt+Down）</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::DonutChart</name>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::EntityForm</name>
    <message>
        <source>Fewer fields</source>
        <translation>收起字段</translation>
    </message>
    <message numerus="yes">
        <source>%n more field(s)</source>
        <translation>
            <numerusform>其余 %n 个字段</numerusform>
        </translation>
    </message>
    <message>
        <source>Your role may not change this record. An administrator can give you the right.</source>
        <translation>您的角色不能修改此记录。管理员可以授予您此权限。</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::EntityList</name>
    <message>
        <source>Sort</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Order of the list</source>
        <translation>列表顺序</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>选择列</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Standard columns</source>
        <translation>默认列</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>回收站是空的</translation>
    </message>
    <message>
        <source>What you remove waits here and can be put back.</source>
        <translation>您移除的内容会留在这里，可以恢复。</translation>
    </message>
    <message>
        <source>Remove “%1”</source>
        <translation>去掉“%1”</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>全部清除</translation>
    </message>
    <message>
        <source>No %1 yet</source>
        <translation>还没有%1</translation>
    </message>
    <message>
        <source>Add the first one.</source>
        <translation>新建第一个。</translation>
    </message>
    <message>
        <source>New %1</source>
        <translation>新建%1</translation>
    </message>
    <message numerus="yes">
        <source>No %1 matches these %n filter(s)</source>
        <translation>
            <numerusform>没有%1符合这 %n 个筛选条件</numerusform>
        </translation>
    </message>
    <message>
        <source>Without “%1” there are %2.</source>
        <translation>去掉“%1”后有 %2 个。</translation>
    </message>
    <message>
        <source>This list cannot be read</source>
        <translation>无法读取此列表</translation>
    </message>
    <message>
        <source>Sort or filter it in another way, or try again.</source>
        <translation>请换一种排序或筛选方式，或重试。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::FieldEditor</name>
    <message>
        <source>%1, required</source>
        <translation>%1，必填</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::FilterBar</name>
    <message>
        <source>is</source>
        <translation>为</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>不为</translation>
    </message>
    <message>
        <source>before</source>
        <translation>早于</translation>
    </message>
    <message>
        <source>under</source>
        <translation>低于</translation>
    </message>
    <message>
        <source>up to</source>
        <translation>不晚于</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>至多</translation>
    </message>
    <message>
        <source>after</source>
        <translation>晚于</translation>
    </message>
    <message>
        <source>over</source>
        <translation>高于</translation>
    </message>
    <message>
        <source>from</source>
        <translation>不早于</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>starts with</source>
        <translation>开头为</translation>
    </message>
    <message>
        <source>is one of</source>
        <translation>属于</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between values</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::FilterChip</name>
    <message>
        <source>Filter. Enter edits it, Delete removes it.</source>
        <translation>筛选条件。按 Enter 编辑，按 Delete 移除。</translation>
    </message>
    <message>
        <source>Filter. Enter edits it.</source>
        <translation>筛选条件。按 Enter 编辑。</translation>
    </message>
    <message>
        <source>Remove this filter (Del)</source>
        <translation>移除此筛选条件（Del）</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::FilterEditor</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>today, today-30d, 2026-12-01</source>
        <translation>today、today-30d、2026-12-01</translation>
    </message>
    <message>
        <source>a name, or me</source>
        <translation>姓名，或“我”</translation>
    </message>
    <message>
        <source>me</source>
        <translation>我</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::FormRow</name>
    <message>
        <source>Emptied by somebody else meanwhile</source>
        <translation>期间已被他人清空</translation>
    </message>
    <message>
        <source>Changed meanwhile to: %1</source>
        <translation>期间已被改为：%1</translation>
    </message>
    <message>
        <source>review</source>
        <translation>待处理</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>In a list</source>
        <translation>在列表中</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Open the record</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Select more rows</source>
        <translation>选择更多行</translation>
    </message>
    <message>
        <source>Select all rows</source>
        <translation>选择所有行</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>字母</translation>
    </message>
    <message>
        <source>Go to the row that begins so</source>
        <translation>转到以此开头的行</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>In a note</source>
        <translation>在备注中</translation>
    </message>
    <message>
        <source>Save the note</source>
        <translation>保存备注</translation>
    </message>
    <message>
        <source>In a conflict</source>
        <translation>在冲突中</translation>
    </message>
    <message>
        <source>Take the value before, mine or theirs</source>
        <translation>采用原值、我的值或对方的值</translation>
    </message>
    <message>
        <source>Save what was chosen</source>
        <translation>保存所选</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::MainWindow</name>
    <message>
        <source>%1 views</source>
        <translation>%1视图</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>The record</source>
        <translation>该记录</translation>
    </message>
    <message>
        <source>%1 of %2 undone: %3 was changed by %4</source>
        <translation>已撤销 %1 项，共 %2 项：%3 已被 %4 修改</translation>
    </message>
    <message>
        <source>somebody else</source>
        <translation>其他人</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Some records have changes that are not saved.</source>
        <translation>有些记录的修改还没有保存。</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>记录(&amp;R)</translation>
    </message>
    <message>
        <source>New record here</source>
        <translation>在此新建记录</translation>
    </message>
    <message>
        <source>New %1</source>
        <translation>新建%1</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo the last change</source>
        <translation>撤销上一次修改</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>搜索或执行命令</translation>
    </message>
    <message>
        <source>Filter the list</source>
        <translation>筛选列表</translation>
    </message>
    <message>
        <source>Save the record</source>
        <translation>保存记录</translation>
    </message>
    <message>
        <source>Write a note or log a call</source>
        <translation>写备注或记录通话</translation>
    </message>
    <message>
        <source>Previous record</source>
        <translation>上一条记录</translation>
    </message>
    <message>
        <source>Next record</source>
        <translation>下一条记录</translation>
    </message>
    <message>
        <source>Copy the number</source>
        <translation>复制编号</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>前往%1</translation>
    </message>
    <message>
        <source>Read the list again</source>
        <translation>重新读取列表</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Theme like the system</source>
        <translation>主题跟随系统</translation>
    </message>
    <message>
        <source>&lt;b&gt;Sample company.&lt;/b&gt; Nothing here is real, and nothing is kept when Fieldfare is closed.</source>
        <translation>&lt;b&gt;示例公司。&lt;/b&gt;这里的一切都是虚构的，关闭 Fieldfare 后不会保留。</translation>
    </message>
    <message>
        <source>Start with your own records</source>
        <translation>开始使用自己的记录</translation>
    </message>
    <message>
        <source>%1 (sample)</source>
        <translation>%1（示例）</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>立即锁定</translation>
    </message>
    <message>
        <source>&lt;b&gt;A part of the data file is damaged.&lt;/b&gt; What stands elsewhere in it can be read and changed as before. Look now what is affected, before you work on.</source>
        <translation>&lt;b&gt;数据文件的一部分已损坏。&lt;/b&gt;其余部分可以照常查看和修改。请先检查受影响的内容，再继续工作。</translation>
    </message>
    <message>
        <source>Check and repair</source>
        <translation>检查并修复</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a page and its section</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>“%1” has changes that are not saved.</source>
        <translation>“%1”有未保存的修改。</translation>
    </message>
    <message>
        <source>Kept for later, they wait in the encrypted file and stand in their fields when Fieldfare is opened again. Discarding them cannot be undone.</source>
        <translation>留待以后：这些修改保存在加密文件中，下次打开 Fieldfare 时仍在各自的字段里。放弃则无法恢复。</translation>
    </message>
    <message>
        <source>Keep for later</source>
        <translation>留待以后</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::PaletteDelegate</name>
    <message>
        <source>open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::PaletteModel</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>%1 of more than %2</source>
        <translation>%1 / 超过 %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>nothing was found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>searched in %1 ms</source>
        <translation>搜索用时 %1 毫秒</translation>
    </message>
    <message>
        <source>indexing, %1 %</source>
        <translation>正在建立索引，%1%</translation>
    </message>
    <message>
        <source>no record was found</source>
        <translation>没有找到记录</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::PasswordEdit</name>
    <message>
        <source>Hide what is typed</source>
        <translation>隐藏输入内容</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>显示输入内容</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::PlanView</name>
    <message>
        <source>Keep both; people decide later</source>
        <translation>两者都保留，以后由人决定</translation>
    </message>
    <message>
        <source>Leave mine out; what refers to it refers to the server&apos;s</source>
        <translation>不转入我的；引用它的内容改为引用服务器的</translation>
    </message>
    <message>
        <source>By kind</source>
        <translation>按类别</translation>
    </message>
    <message>
        <source>Records here</source>
        <translation>本机记录</translation>
    </message>
    <message>
        <source>Taken along</source>
        <translation>转入</translation>
    </message>
    <message>
        <source>%1 of them lie in the trash, there too</source>
        <translation>其中 %1 条在回收站，转入后也在回收站</translation>
    </message>
    <message>
        <source>There already</source>
        <translation>服务器上已有</translation>
    </message>
    <message>
        <source>the server&apos;s values stand</source>
        <translation>以服务器的值为准</translation>
    </message>
    <message>
        <source>Look the same</source>
        <translation>疑似重复</translation>
    </message>
    <message>
        <source>Get a new number</source>
        <translation>获得新编号</translation>
    </message>
    <message>
        <source>from the company&apos;s own series</source>
        <translation>来自公司自己的编号序列</translation>
    </message>
    <message>
        <source>Fields left empty</source>
        <translation>留空的字段</translation>
    </message>
    <message>
        <source>they name people or records that nobody knows there</source>
        <translation>其中提到的人或记录在服务器上不存在</translation>
    </message>
    <message>
        <source>Fields renamed</source>
        <translation>改名的字段</translation>
    </message>
    <message>
        <source>a field of that name is of another kind there</source>
        <translation>服务器上的同名字段类型不同</translation>
    </message>
    <message>
        <source>Look the same %1</source>
        <translation>疑似重复 %1</translation>
    </message>
    <message>
        <source>New numbers %1</source>
        <translation>新编号 %1</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>New numbers</source>
        <translation>新编号</translation>
    </message>
    <message>
        <source>There</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>相同之处</translation>
    </message>
    <message>
        <source>Until now</source>
        <translation>原编号</translation>
    </message>
    <message>
        <source>New number</source>
        <translation>新编号</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>The first %1 of %2.</source>
        <translation>前 %1 条，共 %2 条。</translation>
    </message>
    <message>
        <source>Records that look the same</source>
        <translation>疑似重复的记录</translation>
    </message>
    <message>
        <source>What would happen</source>
        <translation>将会发生什么</translation>
    </message>
    <message>
        <source>The figures are those of keeping both.</source>
        <translation>数字按两者都保留计算。</translation>
    </message>
    <message>
        <source>as a record there, by e-mail address, phone or name</source>
        <translation>与服务器上的记录相同：按邮箱、电话或名称</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::RecordHead</name>
    <message>
        <source>Next step is done</source>
        <translation>下一步已完成</translation>
    </message>
    <message>
        <source>Done: removes the next step</source>
        <translation>完成：移除下一步</translation>
    </message>
    <message>
        <source>Previous record (Alt+Up)</source>
        <translation>上一条记录（Alt+Up）</translation>
    </message>
    <message>
        <source>Next record (Alt+Down)</source>
        <translation>下一条记录（Alt+Down）</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>New %1</source>
        <translation>新建%1</translation>
    </message>
    <message>
        <source>part of %1</source>
        <translation>隶属 %1</translation>
    </message>
    <message>
        <source>Log call</source>
        <translation>记录通话</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>写邮件</translation>
    </message>
    <message>
        <source>More that can be added</source>
        <translation>更多可新建的内容</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::RecordListModel</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between tags</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>, </source>
        <comment>before the currency</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>This part of the data file is damaged. Check and repair it in the settings, under Data quality.</source>
        <translation>数据文件的这一部分已损坏。请在设置的“数据质量”中检查并修复。</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::RecordPanel</name>
    <message>
        <source>Parts of the record</source>
        <translation>记录的各部分</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>下属</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 条，共 %2 条</translation>
    </message>
    <message>
        <source>New %1: %2</source>
        <translation>新建%1：%2</translation>
    </message>
    <message>
        <source>Edit %1: %2</source>
        <translation>编辑%1：%2</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::RecordsPage</name>
    <message>
        <source>Search or run a command</source>
        <translation>搜索或执行命令</translation>
    </message>
    <message>
        <source>Search or run a command (Ctrl+K)</source>
        <translation>搜索或执行命令（Ctrl+K）</translation>
    </message>
    <message>
        <source>New %1</source>
        <translation>新建%1</translation>
    </message>
    <message>
        <source>%1 (Ctrl+N)</source>
        <translation>%1（Ctrl+N）</translation>
    </message>
    <message>
        <source>%1 created</source>
        <translation>已新建%1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 taken out of the trash</source>
        <translation>已将 %1 移出回收站</translation>
    </message>
    <message>
        <source>%1 moved to the trash</source>
        <translation>已将 %1 移到回收站</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Log call</source>
        <translation>记录通话</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>复制编号</translation>
    </message>
    <message>
        <source>Take out of the trash</source>
        <translation>移出回收站</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>%1 of %2 selected</source>
        <translation>已选 %1 条，共 %2 条</translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Take %1 out of the trash?</source>
        <translation>要将 %1 移出回收站吗？</translation>
    </message>
    <message>
        <source>Move %1 to the trash?</source>
        <translation>要将 %1 移到回收站吗？</translation>
    </message>
    <message>
        <source>One undo takes all of it back.</source>
        <translation>撤销一次即可全部恢复。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>This record is no longer on this computer. What you typed is there again if it comes back.</source>
        <translation>此记录已不在这台电脑上。若它再次出现，您输入的内容会重新显示。</translation>
    </message>
    <message>
        <source>This record is no longer on this computer: it was erased, or you may not see it now.</source>
        <translation>此记录已不在这台电脑上：它已被彻底删除，或您现在无权查看。</translation>
    </message>
    <message>
        <source>Your role may not create %1. Ask the administrator for the right.</source>
        <translation>您的角色无权新建%1。请向管理员申请权限。</translation>
    </message>
    <message>
        <source>Your role may not create %1.</source>
        <translation>您的角色无权新建%1。</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::ReviewPage</name>
    <message>
        <source>Decided: %1</source>
        <translation>已处理：%1</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Records to review</source>
        <translation>待处理的记录</translation>
    </message>
    <message>
        <source>Until you choose, the record shows one value: the first for owner and stage, the newest for the rest. The other is kept.</source>
        <translation>在您选择之前，记录只显示一个值：负责人和阶段显示先到的，其余显示最新的。另一个值会保留。</translation>
    </message>
    <message>
        <source>Conflicts %1</source>
        <translation>冲突 %1</translation>
    </message>
    <message>
        <source>Not accepted %1</source>
        <translation>未被接受 %1</translation>
    </message>
    <message>
        <source>Done %1</source>
        <translation>已处理 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>. </source>
        <translation>。</translation>
    </message>
    <message>
        <source>.</source>
        <translation>。</translation>
    </message>
    <message>
        <source>Open record</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>Everything was accepted</source>
        <translation>全部已被接受</translation>
    </message>
    <message>
        <source>Changes that the server does not take come here, with the reason.</source>
        <translation>服务器未接受的修改会连同原因显示在这里。</translation>
    </message>
    <message>
        <source>Nothing decided yet</source>
        <translation>还没有处理过冲突</translation>
    </message>
    <message>
        <source>What you decide about conflicts is listed here.</source>
        <translation>您处理过的冲突会列在这里。</translation>
    </message>
    <message>
        <source>Nothing to review</source>
        <translation>没有需要处理的冲突</translation>
    </message>
    <message>
        <source>All offline changes were merged.</source>
        <translation>离线期间的修改已全部合并。</translation>
    </message>
    <message numerus="yes">
        <source>Show the %n decided one(s)</source>
        <translation>
            <numerusform>查看已处理的 %n 项</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Theirs taken for %n record(s)</source>
        <translation>
            <numerusform>%n 条记录已采用对方的值</numerusform>
        </translation>
    </message>
    <message>
        <source>Sent again with the next sync</source>
        <translation>将随下次同步重新发送</translation>
    </message>
    <message>
        <source>All to review</source>
        <translation>全部待处理</translation>
    </message>
    <message>
        <source>Back to the list (Esc)</source>
        <translation>返回列表 (Esc)</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::SaveBar</name>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) not saved</source>
        <translation>
            <numerusform>%n 个字段未保存</numerusform>
        </translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::SecuritySection</name>
    <message>
        <source>Change passphrase</source>
        <translation>更改口令</translation>
    </message>
    <message>
        <source>Locking</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Current passphrase</source>
        <translation>当前口令</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>新口令</translation>
    </message>
    <message>
        <source>It has to take years to guess.</source>
        <translation>须强到多年才可能被猜到。</translation>
    </message>
    <message>
        <source>Repeat it</source>
        <translation>再输入一次</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message numerus="yes">
        <source>After %n min</source>
        <translation>
            <numerusform>%n 分钟后</numerusform>
        </translation>
    </message>
    <message>
        <source>Fieldfare also locks when this computer is locked or goes to sleep.</source>
        <translation>此电脑锁定或进入睡眠时，Fieldfare 也会锁定。</translation>
    </message>
    <message>
        <source>What is typed and not saved waits in the encrypted file.</source>
        <translation>已输入但未保存的内容会保留在加密文件中。</translation>
    </message>
    <message>
        <source>Lock when nobody works here</source>
        <translation>无人操作时锁定</translation>
    </message>
    <message>
        <source>Strong enough</source>
        <translation>强度足够</translation>
    </message>
    <message>
        <source>Too easy to guess</source>
        <translation>太容易被猜到</translation>
    </message>
    <message>
        <source>Type the current passphrase first.</source>
        <translation>请先输入当前口令。</translation>
    </message>
    <message>
        <source>Choose a new passphrase that is strong enough.</source>
        <translation>请设置足够强的新口令。</translation>
    </message>
    <message>
        <source>Repeat the new passphrase.</source>
        <translation>请再输入一次新口令。</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>The records are not encrypted anew; only the key to them is.</source>
        <translation>记录不会重新加密，只重新加密其密钥。</translation>
    </message>
    <message>
        <source>Changing…</source>
        <translation>正在更改…</translation>
    </message>
    <message>
        <source>The passphrase is changed. Backups of the key file still open with the old one.</source>
        <translation>口令已更改。密钥文件的旧备份仍可用旧口令打开。</translation>
    </message>
    <message>
        <source>Open the profile without the passphrase</source>
        <translation>无需口令即可打开</translation>
    </message>
    <message>
        <source>Keychain of this computer</source>
        <translation>此电脑的密钥链</translation>
    </message>
    <message>
        <source>At the start of Fieldfare, whoever is signed in to this computer has the records. After a lock the passphrase is asked for.
A new passphrase or data key turns it off.</source>
        <translation>启动 Fieldfare 时，登录此电脑的人即可看到记录。锁定后仍需输入口令。
更改口令或数据密钥后，此项会关闭。</translation>
    </message>
    <message>
        <source>No keychain is running on this computer.</source>
        <translation>此电脑上没有正在运行的密钥链。</translation>
    </message>
    <message>
        <source>The keychain did not take it. The passphrase opens the profile as before.</source>
        <translation>密钥链未接受。仍可像以前一样用口令打开。</translation>
    </message>
    <message numerus="yes">
        <source>Too many wrong passphrases. The next try is possible in %n s.</source>
        <translation>
            <numerusform>口令错误次数过多。%n 秒后可以再试。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::ServerForm</name>
    <message>
        <source>Server address</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Fieldfare server, %1, certificate valid</source>
        <translation>Fieldfare 服务器，%1，证书有效</translation>
    </message>
    <message>
        <source>Fieldfare server, %1. Its certificate is the company&apos;s own: compare the fingerprint with the one your administrator gave you.</source>
        <translation>Fieldfare 服务器，%1。证书由公司自行签发：请与管理员提供的指纹核对。</translation>
    </message>
    <message>
        <source>Fingerprint %1</source>
        <translation>指纹 %1</translation>
    </message>
    <message>
        <source>That is no address of a server.</source>
        <translation>这不是服务器地址。</translation>
    </message>
    <message>
        <source>Write it like crm.example.com, with the port behind a colon where it is not 8443.</source>
        <translation>请写成 crm.example.com 的形式；如果端口不是 8443，请在冒号后写明。</translation>
    </message>
    <message>
        <source>Code of the authenticator app, or a recovery code</source>
        <translation>验证器应用的验证码，或恢复码</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Kept on this computer</source>
        <translation>保存在本机</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Open the sync page</source>
        <translation>打开同步页面</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>Connect to a server…</source>
        <translation>连接服务器…</translation>
    </message>
    <message>
        <source>Work together</source>
        <translation>协同工作</translation>
    </message>
    <message>
        <source>Your records become records of the company. You see what would happen before anything does.</source>
        <translation>您的记录将成为公司的记录。在任何改动之前，您会先看到将会发生什么。</translation>
    </message>
    <message>
        <source>Applies at once: the window reopens.</source>
        <translation>立即生效：窗口会重新打开。</translation>
    </message>
    <message>
        <source>Data quality</source>
        <translation>数据质量</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::SideBar</name>
    <message>
        <source>Notifications, new ones</source>
        <translation>通知，有新消息</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>New view</source>
        <translation>新建视图</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::StatusLine</name>
    <message>
        <source>On this computer only</source>
        <translation>仅在本机</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>尚未同步</translation>
    </message>
    <message>
        <source>Offline for %1</source>
        <translation>已离线 %1</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>%1, last synced %2</source>
        <translation>%1，上次同步 %2</translation>
    </message>
    <message>
        <source>Sending %1 of %2</source>
        <translation>正在发送第 %1 项，共 %2 项</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>正在同步</translation>
    </message>
    <message>
        <source>Sign in again to send</source>
        <translation>请重新登录以发送</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Cannot sync now</source>
        <translation>暂时无法同步</translation>
    </message>
    <message>
        <source>Cannot sync now, last synced %1 ago</source>
        <translation>暂时无法同步，上次同步于 %1前</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 项待上传</translation>
    </message>
    <message>
        <source>%1 to review</source>
        <translation>%1 项待处理</translation>
    </message>
    <message>
        <source>%1 not accepted</source>
        <translation>%1 项未被接受</translation>
    </message>
    <message>
        <source>Account disabled</source>
        <translation>账户已停用</translation>
    </message>
    <message>
        <source>%1, %2 handed in</source>
        <translation>%1，%2 已提交审核</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::StepSide</name>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::SyncPage</name>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation>上次联系</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>未被接受</translation>
    </message>
    <message>
        <source>Works alone on this computer</source>
        <translation>仅在本机使用</translation>
    </message>
    <message>
        <source>Not synced yet</source>
        <translation>尚未同步</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Offline since %1</source>
        <translation>自 %1 起离线</translation>
    </message>
    <message>
        <source>Syncing, %1 of %2</source>
        <translation>正在同步 %1 / %2</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>正在同步</translation>
    </message>
    <message>
        <source>Sign in again to send</source>
        <translation>重新登录后发送</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Sync failed; it is tried again</source>
        <translation>同步失败，将自动重试</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>none: all records are only on this computer. Make backups.</source>
        <translation>无：所有记录只在本机上。请做好备份。</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>: sent when the server can be reached</source>
        <translation>：连上服务器后发送</translation>
    </message>
    <message>
        <source>: sync is paused</source>
        <translation>：同步已暂停</translation>
    </message>
    <message>
        <source>: you have to sign in first</source>
        <translation>：需要先登录</translation>
    </message>
    <message>
        <source>: sent with the next sync</source>
        <translation>：随下次同步发送</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n 项修改</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n 个冲突</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) could not be handed in and stay on this computer.</source>
        <translation>
            <numerusform>%n 项修改未能提交，保留在本机。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing could be handed in: the server knows another history of this profile. Everything stays on this computer.</source>
        <translation>没有提交任何内容：服务器记录的此配置的历史与本机不同。所有修改都保留在本机。</translation>
    </message>
    <message>
        <source>Nothing could be handed in: the server was restored from a backup. Everything stays on this computer.</source>
        <translation>没有提交任何内容：服务器已从备份恢复。所有修改都保留在本机。</translation>
    </message>
    <message numerus="yes">
        <source>%1. You can work as usual; %n change(s) are kept here and sent later.</source>
        <translation>
            <numerusform>%1。您可以照常工作；%n 项修改已保存在本机，稍后发送。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. You can work as usual.</source>
        <translation>%1。您可以照常工作。</translation>
    </message>
    <message>
        <source>Connect to a server…</source>
        <translation>连接服务器…</translation>
    </message>
    <message>
        <source>Account disabled</source>
        <translation>账户已停用</translation>
    </message>
    <message numerus="yes">
        <source>: %n of them handed in for review</source>
        <translation>
            <numerusform>：其中 %n 项已提交审核</numerusform>
        </translation>
    </message>
    <message>
        <source>: kept here, as the account is disabled</source>
        <translation>：账户已停用，保留在本机</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Your company has another recovery key: %1. This profile stays sealed to the former one. Compare the fingerprint with an administrator, then accept it with: fieldfare-cli recover accept %1</source>
        <translation>公司换了恢复密钥：%1。本配置仍然封存给原来的密钥。请先与管理员核对指纹，再用此命令确认：fieldfare-cli recover accept %1</translation>
    </message>
    <message>
        <source>The server&apos;s audit log was changed at or before entry %1. Only the log is concerned, no record. Tell the administrator.</source>
        <translation>服务器的审计日志在第 %1 条或之前被改动过。只涉及日志，不涉及任何记录。请告知管理员。</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::TagChip</name>
    <message>
        <source>Given by a rule</source>
        <translation>由规则添加</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::TagsEditor</name>
    <message>
        <source>Add a tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新标签</translation>
    </message>
    <message>
        <source>Delete removes the tag</source>
        <translation>按 Delete 移除标签</translation>
    </message>
    <message>
        <source>Remove tag</source>
        <translation>移除标签</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::TimeBar</name>
    <message>
        <source>paused, %1 % of the time used</source>
        <translation>已暂停，已用时间 %1%</translation>
    </message>
    <message>
        <source>%1 % of the time used</source>
        <translation>已用时间 %1%</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::TimelineModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>New %1: %2</source>
        <translation>新建%1：%2</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>you</source>
        <translation>您</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>某人</translation>
    </message>
    <message>
        <source>Created by %1</source>
        <translation>由%1创建</translation>
    </message>
    <message>
        <source>Moved to the trash by %1</source>
        <translation>由%1移到回收站</translation>
    </message>
    <message>
        <source>Taken out of the trash by %1</source>
        <translation>由%1移出回收站</translation>
    </message>
    <message>
        <source>Removed by %1</source>
        <translation>由%1移除</translation>
    </message>
    <message>
        <source>%1 changed by %2</source>
        <translation>%2修改了%1</translation>
    </message>
    <message>
        <source>A field</source>
        <translation>一个字段</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) changed by %1</source>
        <translation>
            <numerusform>%1修改了 %n 个字段</numerusform>
        </translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between changed fields</comment>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::TimelinePanel</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Interactions</source>
        <translation>往来</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变更</translation>
    </message>
    <message>
        <source>Write a note or log a call…</source>
        <translation>写备注或记录通话…</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>What the timeline shows</source>
        <translation>时间线显示的内容</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>The first line becomes the subject</source>
        <translation>第一行作为主题</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Log %1</source>
        <translation>记录%1</translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation>已保存%1</translation>
    </message>
    <message>
        <source>Save (Ctrl+Enter)</source>
        <translation>保存 (Ctrl+Enter)</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::TrayPane</name>
    <message>
        <source>Open record</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>What you wrote</source>
        <translation>您填写的内容</translation>
    </message>
    <message>
        <source>Giving up removes only this change; the record stays as the server has it.</source>
        <translation>放弃只会移除这项修改；记录保持服务器上的内容。</translation>
    </message>
    <message>
        <source>Give up this change</source>
        <translation>放弃这项修改</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>&lt;b&gt;Not accepted:&lt;/b&gt; %1</source>
        <translation>&lt;b&gt;未被接受：&lt;/b&gt;%1</translation>
    </message>
    <message>
        <source>This cannot be read as %1.</source>
        <translation>无法识别为%1。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Handed in for review:&lt;/b&gt; %1</source>
        <translation>&lt;b&gt;已提交审核：&lt;/b&gt;%1</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::UnlockPage</name>
    <message>
        <source>Fieldfare is locked</source>
        <translation>Fieldfare 已锁定</translation>
    </message>
    <message>
        <source>Passphrase of this computer</source>
        <translation>本机口令</translation>
    </message>
    <message>
        <source>The file is encrypted with AES-256. Without the passphrase nobody can read it, neither can we.</source>
        <translation>文件以 AES-256 加密。没有口令，任何人都无法读取，我们也不例外。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Unlocking…</source>
        <translation>正在解锁…</translation>
    </message>
    <message numerus="yes">
        <source>That is not the passphrase. %n tries left, then a wait of %1 min. Your data is not touched.</source>
        <translation>
            <numerusform>口令不正确。还可尝试 %n 次，之后需等待 %1 分钟。您的数据未受影响。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>That is not the passphrase. The next try is possible in %n s. Your data is not touched.</source>
        <translation>
            <numerusform>口令不正确。%n 秒后可再次尝试。您的数据未受影响。</numerusform>
        </translation>
    </message>
    <message>
        <source>You can try again now. Your data is not touched.</source>
        <translation>现在可以再次尝试。您的数据未受影响。</translation>
    </message>
    <message>
        <source>Forgot the passphrase?</source>
        <translation>忘记口令？</translation>
    </message>
    <message>
        <source>Two administrators of your company can let you choose a new one. Nothing is lost, not even what was never sent. Send them the file that this command makes; it also says how to go on:</source>
        <translation>公司的两位管理员可以让您设置新口令。什么也不会丢失，包括从未发送过的内容。请把此命令生成的文件发给他们；命令还会说明后续步骤：</translation>
    </message>
    <message>
        <source>This profile is not sealed to a company&apos;s recovery key: without its passphrase nobody can open it. If it has a server, what was synced is there; a backup opens with the passphrase of its day.</source>
        <translation>本配置没有封存给公司的恢复密钥：没有口令，谁也打不开它。如果它连接了服务器，已同步的内容在服务器上；备份则用备份当时的口令打开。</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::UpdatePage</name>
    <message>
        <source>This version keeps records in a new way. They are changed once, which can take some minutes. Nothing is lost, even if you stop it or the power fails.</source>
        <translation>此版本以新的方式保存记录。记录只需转换一次，可能要几分钟。即使您中途停止或断电，也不会丢失任何内容。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Bringing your records up to this version</source>
        <translation>正在将您的记录更新到此版本</translation>
    </message>
    <message>
        <source>Changing records</source>
        <translation>正在转换记录</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::WelcomePage</name>
    <message>
        <source>Customers, deals and tickets, with or without a network.</source>
        <translation>客户、商机和工单，有无网络皆可使用。</translation>
    </message>
    <message>
        <source>Where to work</source>
        <translation>工作方式</translation>
    </message>
    <message>
        <source>Protect this computer</source>
        <translation>保护本机</translation>
    </message>
    <message>
        <source>First download</source>
        <translation>首次下载</translation>
    </message>
    <message>
        <source>Where do you want to work?</source>
        <translation>您想如何使用？</translation>
    </message>
    <message>
        <source>Connect to your company&apos;s server</source>
        <translation>连接公司服务器</translation>
    </message>
    <message>
        <source>Downloads the records you may see. After that everything works without a network.</source>
        <translation>下载您有权查看的记录。之后无需网络即可使用全部功能。</translation>
    </message>
    <message>
        <source>Work alone on this computer</source>
        <translation>仅在本机使用</translation>
    </message>
    <message>
        <source>No server and no account. You can connect later; nothing is lost.</source>
        <translation>无需服务器和账户。以后可以再连接，不会丢失任何内容。</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Look round with sample data</source>
        <translation>用示例数据体验</translation>
    </message>
    <message>
        <source>Made-up companies, deals and tickets. Kept apart from your own data.</source>
        <translation>虚构的公司、商机和工单，与您自己的数据分开保存。</translation>
    </message>
    <message>
        <source>Choose a passphrase for this computer</source>
        <translation>为本机设置口令</translation>
    </message>
    <message>
        <source>All records are encrypted with it before they reach the disk. Nobody can give it back to you: write it down and keep it away from this computer.</source>
        <translation>所有记录在写入磁盘前都用它加密。口令无法找回：请写下来，并存放在远离本机的地方。</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>再次输入</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Encrypt and go on</source>
        <translation>加密并继续</translation>
    </message>
    <message>
        <source>Getting your records</source>
        <translation>正在获取您的记录</translation>
    </message>
    <message>
        <source>You can start now. The list fills while you work.</source>
        <translation>现在就可以开始。列表会在您工作时陆续补齐。</translation>
    </message>
    <message>
        <source>Close the lid or lose the network: it goes on from here, not from the start.</source>
        <translation>合上电脑或断网后，会从此处继续，不会从头开始。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Start working</source>
        <translation>开始使用</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Look round</source>
        <translation>开始体验</translation>
    </message>
    <message>
        <source>Very weak: guessed at once</source>
        <translation>非常弱：立即可被猜到</translation>
    </message>
    <message>
        <source>Weak: minutes to guess</source>
        <translation>弱：几分钟可被猜到</translation>
    </message>
    <message>
        <source>Not enough: days to guess</source>
        <translation>不够强：几天可被猜到</translation>
    </message>
    <message>
        <source>Strong: years to guess</source>
        <translation>强：需数年才能猜到</translation>
    </message>
    <message>
        <source>Very strong: centuries to guess</source>
        <translation>非常强：需数百年才能猜到</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Encrypting…</source>
        <translation>正在加密…</translation>
    </message>
    <message>
        <source>next</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>每秒 %1 条</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>About %n second(s) left.</source>
        <translation>
            <numerusform>大约还需 %n 秒。</numerusform>
        </translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::WorkBar</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>fieldfare::ui::ZoneHeader</name>
    <message>
        <source>Choose a view</source>
        <translation>选择视图</translation>
    </message>
</context>
</TS>
